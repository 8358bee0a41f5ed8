"""Timings, printed and never judged: how fast a machine is decides no test."""
