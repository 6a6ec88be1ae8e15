"""Pictures of answers: timelines, bars, lines, networks and maps of tiles."""

from ip5kg.answers.pictures.picture import VIEWS, Picture, draw

__all__ = ["VIEWS", "Picture", "draw"]
