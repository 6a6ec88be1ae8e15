"""What a portal takes: the bundle of files and descriptions, and the check that it is ready."""

from __future__ import annotations

from ip5kg.portal.api import check_portal, export_portal

__all__ = ["check_portal", "export_portal"]
