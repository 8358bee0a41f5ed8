"""Colours and fonts for Gradio's own components. Knows nothing of the layout; the rest stands in ``chat.css``."""

import gradio as gr

# Fonts of the person's own machine only: a web font would be a request to another host.
SANS = ("system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif")
MONO = ("ui-monospace", "Menlo", "Consolas", "monospace")


def theme() -> gr.themes.Base:
    """The theme: ink on paper by day, the reverse by night, one accent."""
    look = gr.themes.Base(
        primary_hue=gr.themes.colors.teal,
        neutral_hue=gr.themes.colors.stone,
        radius_size="lg",
        font=SANS,
        font_mono=MONO,
    )
    return look.set(
        body_background_fill="var(--wj-paper)",
        body_background_fill_dark="var(--wj-paper)",
        body_text_color="var(--wj-ink)",
        body_text_color_dark="var(--wj-ink)",
        button_primary_background_fill="var(--wj-accent)",
        button_primary_background_fill_dark="var(--wj-accent)",
        button_primary_background_fill_hover="var(--wj-accent-strong)",
        button_primary_background_fill_hover_dark="var(--wj-accent-strong)",
        button_primary_text_color="var(--wj-on-accent)",
        button_primary_text_color_dark="var(--wj-on-accent)",
        button_secondary_background_fill="transparent",
        button_secondary_background_fill_dark="transparent",
        button_secondary_background_fill_hover="var(--wj-tint)",
        button_secondary_background_fill_hover_dark="var(--wj-tint)",
        button_secondary_border_color="var(--wj-line)",
        button_secondary_border_color_dark="var(--wj-line)",
        input_background_fill="var(--wj-card)",
        input_background_fill_dark="var(--wj-card)",
        input_border_color="var(--wj-line)",
        input_border_color_dark="var(--wj-line)",
        input_border_color_focus="var(--wj-accent)",
        input_border_color_focus_dark="var(--wj-accent)",
    )
