"""The grammar of SPARQL 1.1 queries (section 19.8), as data.

It explains errors that the engine has found; it decides nothing. Empty brackets are not tokens of their own here, and
a sign is not part of a number, so that one token of lookahead is enough everywhere.
"""

import re
from dataclasses import dataclass

__all__ = ["FUNCTIONS", "KEYWORDS", "LABELS", "Node", "read_grammar"]

# 'x' is a sign, UPPER CASE a keyword, <x> a kind of token, Name a rule; ( ) groups, | chooses, ? * + repeat.
_RULES = """
Query = Prologue Form ValuesClause <end>
Form = SelectQuery | ConstructQuery | DescribeQuery | AskQuery
Prologue = ( BASE <iri> | PREFIX <prefix> <iri> )*
SelectQuery = SelectClause DatasetClause* WhereClause SolutionModifier
SubSelect = SelectClause WhereClause SolutionModifier ValuesClause
SelectClause = SELECT ( DISTINCT | REDUCED )? ( Projection+ | '*' )
Projection = <variable> | '(' Expression AS <variable> ')'
ConstructQuery = CONSTRUCT ( Template DatasetClause* WhereClause | DatasetClause* WHERE Template ) SolutionModifier
Template = '{' Triples? '}'
DescribeQuery = DESCRIBE ( VarOrIri+ | '*' ) DatasetClause* WhereClause? SolutionModifier
AskQuery = ASK DatasetClause* WhereClause SolutionModifier
DatasetClause = FROM NAMED? Iri
WhereClause = WHERE? Group
SolutionModifier = GroupClause? HavingClause? OrderClause? LimitClauses?
GroupClause = GROUP BY GroupCondition+
GroupCondition = Call | '(' Expression ( AS <variable> )? ')' | <variable>
HavingClause = HAVING Constraint+
OrderClause = ORDER BY OrderCondition+
OrderCondition = ( ASC | DESC ) '(' Expression ')' | Constraint | <variable>
LimitClauses = LIMIT <number> ( OFFSET <number> )? | OFFSET <number> ( LIMIT <number> )?
ValuesClause = ( VALUES DataBlock )?
Group = '{' ( SubSelect | Patterns ) '}'
Patterns = Triples? ( Pattern '.'? Triples? )*
Triples = TriplesOfSubject ( '.' TriplesOfSubject? )*
TriplesOfSubject = Subject Properties | NodeSubject Properties?
Subject = <variable> | Term
NodeSubject = Collection | Blank
Properties = Property ( ';' Property? )*
Property = Verb Objects
Verb = Path | <variable>
Objects = Object ( ',' Object )*
Object = <variable> | Term | Collection | Blank
Collection = '(' Object* ')'
Blank = '[' Properties? ']'
Pattern = UnionPattern | OPTIONAL Group | MINUS Group | GRAPH VarOrIri Group | SERVICE SILENT? VarOrIri Group
        | FILTER Constraint | BIND '(' Expression AS <variable> ')' | VALUES DataBlock
UnionPattern = Group ( UNION Group )*
DataBlock = <variable> '{' DataValue* '}' | '(' <variable>* ')' '{' DataRow* '}'
DataRow = '(' DataValue* ')'
DataValue = Iri | Literal | UNDEF
Constraint = '(' Expression ')' | Call
Call = Builtin | Iri Arguments
Arguments = '(' ( DISTINCT? Expression ( ',' Expression )* )? ')'
Path = PathSequence ( '|' PathSequence )*
PathSequence = PathStep ( '/' PathStep )*
PathStep = '^'? PathPrimary ( '?' | '*' | '+' )?
PathPrimary = Iri | <a> | '!' NegatedSet | '(' Path ')'
NegatedSet = NegatedStep | '(' ( NegatedStep ( '|' NegatedStep )* )? ')'
NegatedStep = Iri | <a> | '^' ( Iri | <a> )
VarOrIri = <variable> | Iri
Term = Iri | Literal | <blank>
Literal = <string> ( <tag> | '^^' Iri )? | Number | <boolean>
Number = ( '+' | '-' )? <number>
Iri = <iri> | <prefixed> | <prefix>
Expression = And ( '||' And )*
And = Comparison ( '&&' Comparison )*
Comparison = Sum ( ( '=' | '!=' | '<' | '>' | '<=' | '>=' ) Sum | IN ExpressionList | NOT IN ExpressionList )?
ExpressionList = '(' ( Expression ( ',' Expression )* )? ')'
Sum = Product ( ( '+' | '-' ) Product )*
Product = Unary ( ( '*' | '/' ) Unary )*
Unary = ( '!' | '+' | '-' )* Primary
Primary = '(' Expression ')' | Builtin | Iri Arguments? | PlainLiteral | <variable>
PlainLiteral = <string> ( <tag> | '^^' Iri )? | <number> | <boolean>
Builtin = <function0> '(' ')' | <function01> '(' Expression? ')' | <function1> '(' Expression ')'
        | <function2> '(' Expression ',' Expression ')'
        | <function23> '(' Expression ',' Expression ( ',' Expression )? ')'
        | <function3> '(' Expression ',' Expression ',' Expression ')' | <functions> ExpressionList
        | <function34> '(' Expression ',' Expression ',' Expression ( ',' Expression )? ')'
        | BOUND '(' <variable> ')' | NOT EXISTS Group | EXISTS Group | COUNT '(' DISTINCT? ( '*' | Expression ) ')'
        | <aggregate> '(' DISTINCT? Expression ')'
        | GROUP_CONCAT '(' DISTINCT? Expression ( ';' SEPARATOR '=' <string> )? ')'
"""

KEYWORDS = frozenset(re.findall(r"\b[A-Z_]{2,}\b", _RULES))
"""The keywords of SPARQL 1.1, in capitals, without the functions below."""

FUNCTIONS = {
    "function0": "RAND NOW UUID STRUUID",
    "function01": "BNODE",
    "function1": "STR LANG DATATYPE IRI URI ABS CEIL FLOOR ROUND STRLEN UCASE LCASE ENCODE_FOR_URI YEAR MONTH DAY "
    "HOURS MINUTES SECONDS TIMEZONE TZ MD5 SHA1 SHA256 SHA384 SHA512 ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC",
    "function2": "LANGMATCHES CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER STRLANG STRDT SAMETERM",
    "function23": "REGEX SUBSTR",
    "function3": "IF",
    "function34": "REPLACE",
    "functions": "COALESCE CONCAT",
    "aggregate": "SUM MIN MAX AVG SAMPLE",
}
"""The functions of SPARQL 1.1 by the kind of token that they are: how many arguments they take."""

LABELS = {
    "Form": "SELECT, ASK, CONSTRUCT, DESCRIBE",
    "Prologue": "PREFIX",
    "Expression": "an expression",
    "And": "an expression",
    "Comparison": "an expression",
    "Sum": "an expression",
    "Product": "an expression",
    "Unary": "an expression",
    "Primary": "an expression",
    "Constraint": "an expression in brackets or a function",
    "GroupCondition": "a variable or an expression in brackets",
    "OrderCondition": "a variable, ASC(…) or DESC(…)",
    "Projection": "a variable or (expression AS ?variable)",
    "Triples": "a triple",
    "TriplesOfSubject": "a triple",
    "Pattern": "another pattern such as FILTER",
    "Verb": "a predicate",
    "Properties": "a predicate",
    "Property": "a predicate",
    "Path": "a property path",
    "PathSequence": "a property path",
    "PathStep": "a property path",
    "PathPrimary": "a property path",
    "NegatedSet": "a property path",
    "NegatedStep": "a property path",
    "Object": "an object",
    "Objects": "an object",
    "VarOrIri": "a variable or an IRI",
    "Iri": "an IRI",
    "Number": "a number",
    "DataValue": "a value",
    "DataRow": "a row of values in brackets",
    "DataBlock": "a variable, or variables in brackets",
    "Group": "'{'",
    "Arguments": "arguments in brackets",
    "ExpressionList": "a list in brackets",
    "SolutionModifier": "GROUP BY, HAVING, ORDER BY, LIMIT or OFFSET",
}
"""What a person calls a rule, where its tokens would be a long list."""


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of the grammar.

    Attributes:
        kind: sequence, choice, optional, repeated, rule or token.
        name: of the rule, or of the token.
        parts: what it is made of.
    """

    kind: str
    name: str = ""
    parts: tuple["Node", ...] = ()


def read_grammar() -> dict[str, Node]:
    """Return each rule's body by the rule's name."""
    return {
        name: _read_choice(re.findall(r"'[^']+'|<\w+>|\w+|[()|?*+]", body))
        for name, body in re.findall(r"^(\w+) = (.*(?:\n +.*)*)$", _RULES, re.MULTILINE)
    }


def _read_choice(words: list[str]) -> Node:
    choices = [_read_sequence(words)]
    while words and words[0] == "|":
        words.pop(0)
        choices.append(_read_sequence(words))
    return choices[0] if len(choices) == 1 else Node("choice", parts=tuple(choices))


def _read_sequence(words: list[str]) -> Node:
    parts: list[Node] = []
    while words and words[0] not in {"|", ")"}:
        part = _read_part(words)
        if words and words[0] in {"?", "*", "+"}:
            sign = words.pop(0)
            if sign == "+":
                parts.append(part)
            part = Node("optional" if sign == "?" else "repeated", parts=(part,))
        parts.append(part)
    return parts[0] if len(parts) == 1 else Node("sequence", parts=tuple(parts))


def _read_part(words: list[str]) -> Node:
    word = words.pop(0)
    if word == "(":
        inner = _read_choice(words)
        words.pop(0)
        return inner
    is_rule = word[0].isupper() and not word.isupper()
    return Node("rule" if is_rule else "token", word)
