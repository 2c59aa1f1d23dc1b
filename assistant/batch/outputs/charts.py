"""Draws bar charts for an added sheet, with the figures they show stored in them. Knows nothing about goals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Series:
    """Bars of one kind: where their name and figures stand, and what they are."""

    name: str
    name_at: str
    values: tuple[float, ...]
    values_at: str
    colours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart.

    Attributes:
        labels: what each bar stands for, from the first on.
        labels_at: reference of the cells that hold them.
        across: the bars lie, the first label on top.
        corners: column and row from 0 of the upper left corner and of the lower right one.
    """

    title: str
    labels: tuple[str, ...]
    labels_at: str
    series: tuple[Series, ...]
    corners: tuple[tuple[int, int], tuple[int, int]]
    across: bool = False


def chart_part(chart: Chart) -> bytes:
    """Return the part of a chart."""
    return _serialised(_bars(chart)._write())


def drawing_part(charts: Sequence[Chart]) -> bytes:
    """Return the part that places charts on a sheet; they are its relations `rId1` and so on."""
    from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing

    drawing = SpreadsheetDrawing()
    drawing.charts = [_bars(chart) for chart in charts]
    return _serialised(drawing._write())


def _bars(chart: Chart) -> Any:
    from openpyxl.chart import BarChart
    from openpyxl.chart.data_source import AxDataSource, NumData, NumDataSource, NumRef, NumVal, StrData, StrRef, StrVal
    from openpyxl.chart.label import DataLabelList
    from openpyxl.chart.marker import DataPoint
    from openpyxl.chart.series import Series as Bars
    from openpyxl.chart.series import SeriesLabel
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties
    from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor

    def strings(words: Sequence[str], at: str) -> StrRef:
        cache = StrData(ptCount=len(words), pt=[StrVal(idx=n, v=word) for n, word in enumerate(words)])
        return StrRef(f=at, strCache=cache)

    drawn = BarChart()
    drawn.type = "bar" if chart.across else "col"
    drawn.title = _title(chart.title)
    drawn.title.overlay = False
    drawn.gapWidth = 60
    drawn.overlap = 0
    drawn.legend = drawn.legend if len(chart.series) > 1 else None
    if drawn.legend is not None:
        drawn.legend.position = "b"
    drawn.roundedCorners = False
    for number, series in enumerate(chart.series):
        figures = [NumVal(idx=n, v=str(value)) for n, value in enumerate(series.values)]
        values = NumRef(f=series.values_at, numCache=NumData(formatCode="General", ptCount=len(figures), pt=figures))
        bars = Bars(
            idx=number,
            order=number,
            tx=SeriesLabel(strRef=strings([series.name], series.name_at)),
            cat=AxDataSource(strRef=strings(chart.labels, chart.labels_at)),
            val=NumDataSource(numRef=values),
        )
        bars.spPr = GraphicalProperties(solidFill=series.colours[0], ln=LineProperties(noFill=True))
        bars.invertIfNegative = False
        if len(series.colours) > 1:
            bars.dPt = [
                DataPoint(
                    idx=n,
                    invertIfNegative=False,
                    spPr=GraphicalProperties(solidFill=colour, ln=LineProperties(noFill=True)),
                )
                for n, colour in enumerate(series.colours)
            ]
        bars.dLbls = DataLabelList(
            showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False
        )
        drawn.series.append(bars)
    drawn.x_axis.delete = False
    drawn.x_axis.scaling.orientation = "maxMin" if chart.across else "minMax"
    drawn.x_axis.majorTickMark = "none"
    drawn.x_axis.spPr = GraphicalProperties(ln=LineProperties(solidFill="BFBFBF"))
    drawn.y_axis.delete = True
    drawn.y_axis.majorGridlines = None
    drawn.y_axis.scaling.min = 0
    start, end = (AnchorMarker(col=column, row=row) for column, row in chart.corners)
    drawn.anchor = TwoCellAnchor(_from=start, to=end)
    return drawn


def _title(words: str) -> Any:
    """Return a title of modest size."""
    from openpyxl.chart.text import RichText, Text
    from openpyxl.chart.title import Title
    from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun

    look = CharacterProperties(sz=1200, b=True, solidFill="1F3864")
    run = RegularTextRun(rPr=look, t=words)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=look), r=[run])
    return Title(tx=Text(rich=RichText(p=[paragraph])))


def _serialised(tree: Any) -> bytes:
    from openpyxl.xml.functions import tostring

    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return head + bytes(tostring(tree))
