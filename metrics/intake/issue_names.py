"""The names of issues that reading finds; a rule of the same name reports each."""

from typing import Literal

IssueName = Literal[
    # Of the file
    "submission_empty",  # nothing in it can be read as a value, a status or an action
    "template_unknown",  # stamped by a template that is not known (typed)
    "template_outdated",  # an older version, still read; a newer one exists (typed, expected)
    "catalogue_changed",  # the catalogue has changed since the workbook was written: a note
    "collection_unknown",  # typed, nearest, expected
    "collection_not_said",  # expected
    "collection_mismatch",  # the file says one, the sender asks for another (typed, expected)
    "round_unknown",  # the collection has no such round (typed, expected)
    "round_not_said",  # expected; understood: the periods of the figures, for which no round asks
    "several_rounds",  # the figures are of several rounds (understood)
    "round_mismatch",  # typed, expected
    "area_unknown",  # of the file or of a row (typed, nearest)
    "area_not_said",  # neither by the file nor by its rows
    "several_areas",  # the rows name several (understood)
    "area_not_reporting",  # no Member State, such as the Union (typed)
    # A cell says otherwise than the stamp (typed, understood, expected, detail: the fact).
    "scope_cell_changed",
    "area_mismatch",  # a row is about another area than the file (typed, expected)
    "file_of_other_area",  # the file, or all its rows, are about another area (typed, expected)
    # Of a sheet
    "sheet_not_understood",  # no table on it: detail is the number of its cells
    "hidden_sheet_with_values",  # not read, as nobody sees what it says: detail as above
    # In both, `understood` lists the known headings, and `unread` the others.
    "header_missing",  # keys without a row of headings above them (typed: the first key)
    "column_missing",  # a header without key or value (expected: the column's name)
    "heading_not_of_values",  # of numbers, where the header lacks the values (typed)
    "covered_cell_not_read",  # under a merged cell (understood, if it is a number)
    "column_unknown",  # a column that is not read (typed: its heading)
    "column_of_numbers_unknown",  # the same, with numbers
    "column_in_doubt",  # the same, with what the table lacks: periods, areas, a year's figures
    # Letters that are codes, or a yes or no, below `Confidential` (typed: heading, understood: one)
    "confidentiality_in_doubt",
    "heading_marked",  # a star that no text explains (typed: the heading, understood: the mark)
    # One letter beside a period (typed: the heading, nearest: the status that it may stand for)
    "heading_letter_in_doubt",
    "status_read_from_heading",  # P or E behind it, read as the status of all figures below
    "column_doubled",  # another column has its role and other contents (typed: its heading)
    "title_with_multiplier",  # a text beside a table says that figures are in thousands
    "title_with_period",  # beside a table without periods (understood, expected)
    "title_not_of_one_period",  # cumulative, averaged, of several years or a part (understood)
    "title_with_status",  # provisional, estimated or confidential (typed: its words)
    "title_with_area",  # above a table without areas (understood, expected)
    "title_with_limit",  # a text above a table says `only`, `excluding` or the like
    "name_with_area",  # the same in the name of the sheet or file (typed, understood, expected)
    "name_with_period",  # of an earlier year, where the table names none
    # Where the tables name period or area themselves: all such names of the file (typed, as above)
    "name_of_other_year",
    "name_of_other_state",
    "title_with_rate_or_part",  # above a table: per cent, per 100 000, or a part of the period
    "margin_on_figures",  # a page header or text box names thousands, a year, a State (understood)
    "comment_on_figures",  # the same in a comment, or a part or unit (understood)
    "comment_not_read",  # any other comment on a cell of a table
    "result_changes",  # of a formula of chance or of the day
    "formula_circular",  # of its own result
    "formulas_in_doubt",  # others than of figures (detail: how many)
    "results_may_be_old",  # of formulas that could not be calculated (detail: the cells)
    "figure_unseen",  # written in the colour of its background
    "texts_not_shown",  # displayed as other texts or not at all, by format (detail: how many)
    "zero_of_empty_cells",  # by formulas of cells without a number (detail: how many)
    "zeros_not_shown",  # displayed as a dash or not at all (detail: how many)
    "figures_hidden",  # in hidden rows or columns (detail: how many)
    "column_of_parts",  # not read; its heading names parts of a State (typed)
    "column_of_groups",  # not read; it holds the same short texts again and again (typed)
    "text_outside_table",  # not read; detail is "text" or "number", the words stay in the file
    # Of a row: it becomes no observation, or no action
    "series_missing",  # a value, and an empty cell where its indicator belongs
    "series_unknown",  # no such indicator, or a key that is none (typed, nearest)
    "series_contradicted",  # two cells of the row disagree (typed, expected: the other)
    "component_unknown",  # typed (empty where it is missing), expected
    "breakdown_missing",  # nothing chosen, such as no third country (detail: the breakdown)
    "row_without_indicator",  # a total, signature or note of the sender (typed)
    "breakdown_unknown",  # no such code (typed, nearest, expected, detail: the breakdown)
    # A code that is another one in the language of its heading (typed, nearest, detail: breakdown)
    "letter_in_doubt",
    # Of a row that is read all the same
    "name_of_row_changed",  # the key says otherwise (typed: the name, expected: the indicator)
    # A number, or a step, in a row whose figure is empty (typed, expected: the cell of the figure)
    "figure_in_other_column",
    "area_missing",  # an empty cell in a column that names several areas
    "number_read_from_text",  # a text such as 1.234, read as other cells show (typed, understood)
    "flag_contradicts_status",  # `12 c`, and another status beside it (typed, understood, expected)
    "value_cells_merged",  # a value in a cell over several rows (typed)
    "unit_differs",  # another unit than the indicator's, or thousands of it (typed, expected)
    "unit_of_other_counts",  # persons beside a number of cases (typed, expected)
    "unit_unknown",  # typed, expected
    "multiplier_stated",  # a power of ten by which the value must be multiplied (typed)
    "row_deleted",  # the file marks the row as deleted (typed)
    "part_of_area",  # a figure of a region (typed)
    "remark_on_figure",  # a short remark names thousands, a status, another year … (typed)
    "remark_on_part",  # a remark leaves out a part of the State or of the period (typed)
    "row_marked",  # an unread column says not valid, estimated … (typed: heading, understood: cell)
    "breakdown_not_asked",  # codes that exist, but not for this indicator (typed, understood)
    "period_missing",  # an empty cell, and several periods in the round
    "period_not_understood",  # typed
    "day_instead_of_period",  # typed, understood: its year
    "year_read_from_day",  # its first or last day (typed, understood)
    "periods_passed_over",  # not asked for, beside one that is (typed: all of the sheet)
    "day_ambiguous",  # day and month may be swapped (typed, understood: the days)
    "period_ambiguous",  # a month or two years, a quarter or four months (typed, understood)
    "goal_unknown",  # of an action (typed, nearest)
    "policy_target_unknown",  # of an action (typed, nearest)
    "action_withheld",  # a row of an action that must not be published (typed: its words)
    "action_status_unknown",  # neither undertaken nor planned (typed)
]
