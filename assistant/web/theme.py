"""The page's colours and fonts for the components that are not our own markup. Knows nothing about the layout.

The same values stand in `style.css` as custom properties.
"""

from __future__ import annotations

import gradio as gr

FONTS = [
    "-apple-system",
    "Segoe UI",
    "Roboto",
    "Noto Sans",
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "sans-serif",
]
_MONO = ["ui-monospace", "SF Mono", "Menlo", "Consolas", "monospace"]


def theme() -> gr.themes.Base:
    """Return the theme; font names are plain, so nothing is loaded."""
    pairs = {
        "body_background_fill": ("#f6f4ef", "#121315"),
        "body_text_color": ("#1c1b18", "#edece8"),
        "body_text_color_subdued": ("#67635a", "#9c9a92"),
        "background_fill_primary": ("#ffffff", "#1a1c1f"),
        "background_fill_secondary": ("#f0ede6", "#151719"),
        "block_background_fill": ("transparent", "transparent"),
        "block_border_color": ("#e2ded4", "#2e3237"),
        "block_label_text_color": ("#4c4942", "#bebcb5"),
        "block_title_text_color": ("#4c4942", "#bebcb5"),
        "block_info_text_color": ("#67635a", "#9c9a92"),
        "border_color_primary": ("#e2ded4", "#2e3237"),
        "border_color_accent": ("#2747ad", "#9bb4ff"),
        "color_accent": ("#2747ad", "#9bb4ff"),
        "input_background_fill": ("#ffffff", "#1a1c1f"),
        "input_background_fill_focus": ("#ffffff", "#1a1c1f"),
        "input_border_color": ("#858076", "#7e848c"),
        "input_border_color_focus": ("#2747ad", "#9bb4ff"),
        "input_placeholder_color": ("#67635a", "#9c9a92"),
        "button_primary_background_fill": ("#1c1b18", "#edece8"),
        "button_primary_background_fill_hover": ("#3a3833", "#d8d6d0"),
        "button_primary_text_color": ("#ffffff", "#15171a"),
        "button_primary_border_color": ("#1c1b18", "#edece8"),
        "button_secondary_background_fill": ("#ffffff", "#1a1c1f"),
        "button_secondary_background_fill_hover": ("#f0ede6", "#151719"),
        "button_secondary_text_color": ("#1c1b18", "#edece8"),
        "button_secondary_border_color": ("#cfcabf", "#434850"),
        "link_text_color": ("#2747ad", "#9bb4ff"),
    }
    values = {name: light for name, (light, _) in pairs.items()}
    values |= {f"{name}_dark": dark for name, (_, dark) in pairs.items() if name != "color_accent"}
    plain = {
        "block_border_width": "0px",
        "block_shadow": "none",
        "block_padding": "0px",
        "block_radius": "14px",
        "block_label_text_weight": "400",
        "block_title_text_weight": "400",
        "block_title_text_size": "13px",
        "input_radius": "10px",
        "input_shadow": "none",
        "input_shadow_focus": "none",
        "input_border_width": "1px",
        "input_text_size": "15px",
        "button_large_radius": "10px",
        "button_small_radius": "10px",
        "button_large_text_size": "14px",
        "button_large_text_weight": "600",
        "layout_gap": "16px",
    }
    return gr.themes.Base(font=FONTS, font_mono=_MONO).set(**values, **plain)
