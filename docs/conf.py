"""How Sphinx builds the site: `make docs`. Pages are Markdown; what they list is read from the package itself."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from quotekit import __version__

project = "quotekit"
author = "The quotekit maintainers"
copyright = "the quotekit maintainers"
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_click", "listings"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
smartquotes = False  # it would make a dash of the two in --to
html_theme = "furo"
html_title = f"quotekit {__version__}"
html_show_copyright = False
html_copy_source = False

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented_params"
autodoc_default_options = {"members": True, "undoc-members": True, "show-inheritance": False}
