"""Seeing and clicking: the chat, the source beside it, the rebuild. Knows nothing of how answers are found."""

import os

# Gradio reads these once, when it is imported: whoever imports it through this package stays silent.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
