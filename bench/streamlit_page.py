"""The scoreboard and the chart of a goal as a page of Streamlit, to compare the pages with.

It shows the same figures from the same release, with Streamlit's own table and plotly chart.
"""

import os
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

COLLECTION, GOAL, INDICATOR, UNION = "sample", "GA-1.1", "ICSE_VICTIMS", "EU27_2020"
BREAKDOWN_FREE = "_T"


def read_table(name: str) -> pd.DataFrame:
    folder = Path(os.environ["EMPACT_HOME"]) / "data/processed" / COLLECTION
    label = (folder / "current").read_text("utf-8").strip()
    return pd.read_parquet(folder / label / f"{name}.parquet")


table = st.cache_data(read_table)


def scoreboard() -> None:
    assessments = table("assessments")
    official = assessments[assessments["official"]]
    st.title("Scoreboard")
    st.table(official.pivot_table(index="goal", columns="area", values="status", aggfunc="first"))


def goal() -> None:
    values = table("indicator_values")
    is_series = (values["indicator"] == INDICATOR) & (values["component"] == "value")
    areas = sorted(values["area"].unique())
    area = st.selectbox("Area", areas, index=areas.index(UNION))
    rows = values[is_series & (values["area"] == area) & (values["sex"] == BREAKDOWN_FREE)]
    st.title(f"{GOAL}: {INDICATOR}")
    st.plotly_chart(go.Figure(go.Scatter(x=rows["period"], y=rows["value"])))
    own = table("assessments").query("goal == @GOAL and area == @area")
    st.table(own[["target", "method", "status", "period", "value", "expected_value", "gap"]])


st.set_page_config(layout="wide")
if st.query_params.get("page") == "goal":
    goal()
else:
    scoreboard()
