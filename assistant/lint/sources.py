"""What rules rest on, named once. Knows nothing about rules."""

DORAN = (
    "Doran, G. T. (1981): There's a S.M.A.R.T. way to write management's goals and objectives. Management Review 70(11)"
)
LOCKE_LATHAM = (
    "Locke, E. A., Latham, G. P. (2002): Building a practically useful theory of goal setting. "
    "American Psychologist 57(9)"
)
DOERR = "Doerr, J. (2018): Measure What Matters. Portfolio"
GROVE = "Grove, A. S. (1983): High Output Management. Random House"
KAPLAN_NORTON = "Kaplan, R. S., Norton, D. P. (1996): The Balanced Scorecard. Harvard Business School Press"
ORDONEZ = "Ordóñez, L. D. et al. (2009): Goals Gone Wild. Academy of Management Perspectives 23(1)"
ISO_8601 = "ISO 8601-1:2019: Date and time"
ARITHMETIC = "Arithmetic: the statement checks itself"
USAGE = "Usage of percent and percentage points in official statistics"
UNICODE = "The Unicode Standard: replacement character and combining forms"
GOODHART = "Strathern, M. (1997): 'Improving ratings': audit in the British University system. European Review 5(3)"
