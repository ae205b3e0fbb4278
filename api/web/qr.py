"""QR codes (ISO/IEC 18004) drawn within a page."""

from io import BytesIO

import segno
from markupsafe import Markup


def qr_code(link: str) -> Markup:
    """An address as a QR code, an SVG within the page: dark on light, whatever the page's colours."""
    drawn = BytesIO()
    code = segno.make(link, error="m", micro=False)
    code.save(drawn, kind="svg", xmldecl=False, svgns=True, scale=5, border=4, dark="#000", light="#fff", omitsize=True)
    return Markup(drawn.getvalue().decode())  # noqa: S704 - our own drawing, of an address of ours
