"""Slurs, obscenities and words of abuse: no document that holds one is trained on, and no sample may hold one.

Some also have a harmless sense ("cripples", "savages"): a document too few costs nothing.
"""

import re

PATTERNS = r"""
    nigg\w* n[i1]gr\w+ darkies? darkey coons? pickaninn\w+ piccanin\w+ sambo golliwog\w* chinam[ae]n chinks?
    japs? gooks? kikes? sheeny dagos? wops? spic spics redskins? squaws? injuns? half-breeds? halfbreeds?
    gyps(y|ies)_thie\w+ faggots? fags? dykes? trann(y|ies) retard(ed|s)? cripples? whores? sluts? bitch(es)?
    bastards? fuck\w* shit\w* cunts? rape[ds]? raping rapists? heathens? savages negro\w* mulatto\w*
    blackamoor\w* hottentots? kaffirs? caffres? jewboy\w* jewess\w* moneylending_jew papists? lynch\w* porn\w*
    penis\w* vagina\w* orgasm\w* masturbat\w* incest\w* prostitut\w* brothel\w* suicid\w* heroin cocaine
""".split()  # regular expressions for whole words; _ is a space

LISTED_WORDS = re.compile(r"\b(" + "|".join(PATTERNS).replace("_", " ") + r")\b", re.IGNORECASE)
