"""Renders test templates with Python's jinja2, set up as `transformers` does for chat templates, and
writes what comes out to chat-template-goldens.json, which ChatTemplateTest compares with ours.

    python chat_template_goldens.py > ../resources/chat-template-goldens.json
    python chat_template_goldens.py --render     one case a line in, with its text or error out

needs jinja2 only. Each case is a template, its variables, and either `text` or `error`: the words of
raise_exception; other errors are only `true`, as their words are not part of the language.
"""

import datetime
import json
import sys

import jinja2
from jinja2.ext import loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment

NOW = datetime.datetime(2026, 3, 5, 14, 7, 9)

SMOLLM2 = """{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system
You are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>
' }}{% endif %}{{'<|im_start|>' + message['role'] + '
' + message['content'] + '<|im_end|>' + '
'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant
' }}{% endif %}"""

# the devices that larger models' templates use, each in a template of our own
STRICT_ALTERNATION = """{{ bos_token }}{%- if messages[0]['role'] == 'system' %}
    {%- set system = messages[0]['content']|trim %}
    {%- set rest = messages[1:] %}
{%- else %}
    {%- set system = '' %}
    {%- set rest = messages %}
{%- endif %}
{%- for message in rest %}
    {%- if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}
        {{- raise_exception('Roles must alternate user/assistant/user/assistant/...') }}
    {%- endif %}
    {%- if loop.first and system %}
        {{- '[INST] ' + system + '\\n\\n' + message.content + ' [/INST]' }}
    {%- elif message.role == 'user' %}
        {{- '[INST] ' ~ message.content ~ ' [/INST]' }}
    {%- else %}
        {{- ' ' + message.content|trim + eos_token }}
    {%- endif %}
{%- endfor %}
"""

THINKING = """{%- set ns = namespace(last_user=messages|length - 1, searching=true) %}
{%- for message in messages[::-1] %}
    {%- set index = (messages|length - 1) - loop.index0 %}
    {%- if ns.searching and message.role == "user" and message.content is string and not (message.content.startswith('<result>') and message.content.endswith('</result>')) %}
        {%- set ns.searching = false %}
        {%- set ns.last_user = index %}
    {%- endif %}
{%- endfor %}
{%- for message in messages %}
    {%- if message.content is string %}{%- set content = message.content %}{%- else %}{%- set content = '' %}{%- endif %}
    {%- if message.role == "assistant" %}
        {%- set reasoning = '' %}
        {%- if message.reasoning_content is defined and message.reasoning_content is not none %}
            {%- set reasoning = message.reasoning_content %}
        {%- elif '</think>' in content %}
            {%- set reasoning = content.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') %}
            {%- set content = content.split('</think>')[-1].lstrip('\\n') %}
        {%- endif %}
        {%- if loop.index0 > ns.last_user and (loop.last or (not loop.last and reasoning)) %}
            {{- '<|im_start|>' + message.role + '\\n<think>\\n' + reasoning.strip('\\n') + '\\n</think>\\n\\n' + content.lstrip('\\n') }}
        {%- else %}
            {{- '<|im_start|>' + message.role + '\\n' + content }}
        {%- endif %}
        {{- '<|im_end|>\\n' }}
    {%- else %}
        {{- '<|im_start|>' + message.role + '\\n' + content + '<|im_end|>' + '\\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
    {%- if enable_thinking is defined and enable_thinking is false %}
        {{- '<think>\\n\\n</think>\\n\\n' }}
    {%- endif %}
{%- endif %}"""

TOOLS = """{%- macro describe(name, spec, indent=2) -%}
{{ name }}: {{ spec.type | default("any") }}{% if spec.enum %} one of {{ spec.enum | join(", ") }}{% endif %}
{%- if spec.properties is defined %}
{%- for key, value in spec.properties.items() %}

{{ ' ' * indent }}- {{ describe(key, value, indent=indent + 2) }}
{%- endfor %}
{%- endif %}
{%- endmacro -%}
{% if tools is defined and tools %}
Today is {{ strftime_now("%d %b %Y") }}.
{% for tool in tools %}
{{ loop.index }}. {{ tool.function | tojson }}
{{ tool.function | tojson(indent=4) }}
{{ describe(tool.function.name, tool.function.parameters) }}
{% endfor %}
{% endif %}
{% for message in messages if message.role != 'system' %}
{{ message.role | upper }}: {{ message.content }}{% if not loop.last %}

{% endif %}
{% else %}
(nothing)
{% endfor %}
"""

WHITESPACE = """  {# a comment #}
first
    {% if true %}
  second {%- if true %} glued{% endif +%}
third
    {% endif %}
    {%+ if true %}kept{% endif %}

  {{- ' trimmed' -}}
  fourth
{% if false %}no{% else %}
else
{% endif %}
last
"""

CHAT = [
    {"role": "system", "content": "Be brief."},
    {"role": "user", "content": "Hello, 世界 🙂"},
    {"role": "assistant", "content": "<think>\nhm\n</think>\n\nHi."},
    {"role": "user", "content": " two\nlines "},
]
WEATHER = {
    "type": "function",
    "function": {
        "name": "weather",
        "description": 'Say "how" it is <here> & now',
        "parameters": {
            "type": "object",
            "properties": {
                "city": {"type": "string"},
                "unit": {"type": "string", "enum": ["C", "F"]},
                "days": {"type": "integer", "minimum": 1, "factor": 0.5, "exact": None, "deep": []},
            },
            "required": ["city"],
        },
    },
}

EXPRESSIONS = [
    "{{ 1 + 2 * 3 }} {{ 7 // 2 }} {{ -7 // 2 }} {{ -7 % 3 }} {{ 7 / 2 }} {{ 2 ** 3 }} {{ (1 + 2) * 3 }}",
    "{{ 1.5 + 1 }} {{ 3.0 }} {{ -x }}",
    "{{ true }} {{ False }} {{ none }} {{ missing }}|{{ [1, 'a', none, true] }} {{ {'k': [1.5]} }}",
    "{{ 'it\\'s' }} {{ \"a\\tb\\n\\u00e9\" }} {{ 'a' 'b' }} {{ 'a' ~ 1 ~ none }}",
    "{{ ['it\\'s', 'say \"x\"', 'line\\n'] }}",
    "{{ 1 < 2 < 3 }} {{ 1 < 3 < 2 }} {{ 1 == 1.0 }} {{ 'a' != 'b' }} {{ 'a' in 'cat' }} {{ 4 not in [1, 2] }}",
    "{{ 'yes' if x > 2 else 'no' }} {{ 'shown' if x }}|{{ 'hidden' if not x }}|",
    "{{ x and 'right' }} {{ 0 or 'second' }} {{ not x }} {{ not (x and y) }} {{ none or missing or 'last' }}",
    "{{ text[0] }} {{ text[-1] }} {{ text[1:3] }} {{ text[::-1] }} {{ text[:-2] }} {{ text[::2] }}|{{ text[9:] }}|",
    "{{ list[1:] }} {{ list[::-1] }} {{ list[-2:] }} {{ list[5:1:-2] }} {{ list[:100] }} {{ list[-100:2] }}",
    "{{ map.a }} {{ map['a'] }} {{ map.get('z', 'd') }} {{ map.get('z') }} {{ map.z is defined }} {{ 'a' in map }}",
    "{{ map.keys()|list }} {{ map.values()|list }} {{ map|length }} {% for k, v in map.items() %}{{ k }}={{ v }};{% endfor %}",
    "{{ map|items|map('join', '=')|join(' ') }} {{ map|dictsort|map('join', ':')|join }} {{ map|list }}",
    "{{ text.upper() }} {{ text.title() }} {{ text.capitalize() }} {{ text.replace('a', 'A') }} {{ text.find('b') }}",
    "{{ ' x '.strip() }}|{{ 'xxaxx'.strip('x') }}|{{ 'abcab'.lstrip('ab') }}|{{ 'abcab'.rstrip('ba') }}|",
    "{{ 'a,b,,c'.split(',') }} {{ ' a  b c '.split() }} {{ 'a-b-c'.split('-', 1) }} {{ 'a-b-c'.rsplit('-', 1) }}",
    "{{ 'a\\nb'.splitlines() }} {{ ', '.join(['x', 'y']) }} {{ '12'.isdigit() }} {{ text.startswith('ab') }} {{ text.endswith(('x', 'f')) }}",
    "{{ ' t '|trim }}|{{ 'xtx'|trim('x') }}|{{ 'ab'|upper }} {{ 'AB'|lower }} {{ 'a b'|title }} {{ 'abc'|capitalize }} {{ 'aa'|replace('a', 'b') }}",
    "{{ list|first }} {{ list|last }} {{ list|join('-') }} {{ list|length }} {{ list|reverse|list }} {{ list|sort }} {{ [3, 1, 3]|unique|list }}",
    "{{ missing|default('d') }} {{ ''|default('d') }}|{{ ''|default('d', true) }} {{ none|default('d') }} {{ ''|d('e', boolean=true) }}",
    "{{ '42'|int + 1 }} {{ 'x'|int }} {{ 3|string + '!' }} {{ '1.5'|float }} {{ -3|abs }}",
    "{{ [{'n': 1}, {'n': 2}]|map(attribute='n')|list }} {{ ['a']|map('upper')|list }} {{ [0, 1, 2]|select|list }} {{ [0, 1, 2]|reject('odd')|list }}",
    "{{ [{'r': 'u', 'v': 1}, {'r': 'a', 'v': 2}]|selectattr('r', 'equalto', 'u')|map(attribute='v')|join }} {{ [{'r': 'u'}, {'q': 1}]|rejectattr('r', 'defined')|list }}",
    "{{ 'a\nb\n\nc'|indent }} {{ 'a\nb'|indent(2) }}",
    "{{ x is defined }} {{ missing is undefined }} {{ none is none }} {{ text is string }} {{ map is mapping }} {{ list is iterable }} {{ text is iterable }} {{ list is sequence }}",
    "{{ 3 is odd }} {{ 4 is even }} {{ 9 is divisibleby 3 }} {{ 9 is divisibleby(2) }} {{ x is number }} {{ 1.5 is float }} {{ 1 is integer }} {{ true is boolean }} {{ true is true }} {{ x is not none }}",
    "{{ x is in [3, 4] }} {{ x is eq 3 }} {{ x is ne(3) }} {{ x is gt 2 }} {{ 'ab' is lower }} {{ map is not mapping }} {{ range is callable }}",
    "{{ range(3)|list }} {{ range(1, 7, 2)|list }} {{ range(3, 0, -1)|list }} {{ dict(a=1, b='x') }}",
    "{{ {'a': 'é<>&\\'', 'b': [1, 2.0, true, none], 'c': {}}|tojson }} {{ 'q\"'|tojson }} {{ list|tojson }}",
    "{% set a, b = [1, 2] %}{{ a }}{{ b }} {% set block %}in {{ a }}{% endset %}{{ block|upper }}",
    "{% set v = 1 %}{% for i in [1, 2] %}{% set v = i * 10 %}{{ v }} {% endfor %}{{ v }} {% if true %}{% set v = 5 %}{% endif %}{{ v }}",
    "{% set ns = namespace(n=0) %}{% for i in list %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}",
    "{% for i in list %}{% if i == 2 %}{% continue %}{% endif %}{% if i == 4 %}{% break %}{% endif %}{{ i }}{% endfor %}",
    "{% for i in list %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.previtem is defined }}{{ loop.nextitem }} {% endfor %}",
    "{% for i in list if i % 2 == 0 %}{{ i }}/{{ loop.length }} {% else %}none{% endfor %}{% for i in [] %}{% else %}empty{% endfor %}",
    "{% for a, b in [[1, 2], [3, 4]] %}{{ a + b }} {% endfor %}{% for i in list %}{{ loop.cycle('x', 'y') }}{% endfor %}",
    "{% for i in [1, 2] %}{% for j in [1, 2] %}{{ i }}{{ j }}{{ loop.last }} {% endfor %}{% endfor %}",
    "{% macro m(a, b='B', c=none) %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ m(1) }} {{ m(1, c=2) }} {{ m(a='x', b='y') }}",
    "{% macro f(n) %}{% if n > 0 %}{{ n }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(3) }}",
    "{{ strftime_now('%Y-%m-%d %H:%M %B %b %d %A') }}",
    "{{ {'a': {'b': [1, {'c': 'deep'}]}}.a.b[1].c }} {{ {'a': 1}}}",
    "{{ ('a', 'b')[1] }} {{ [1] + [2] }} {{ 'ab' * 2 }} {{ 'a' < 'b' }}",
    "{% if missing is defined and missing.x %}a{% elif list and not map.z %}b{% else %}c{% endif %}",
    "{% generation %}marked{% endgeneration %}",
    "{{ missing.attribute }}",
    "{{ 'a' + 1 }}",
    "{{ missing() }}",
    "{{ raise_exception('No ' + text) }}",
    "{{ 'unclosed }}",
    "{% if x %}never closed",
    "{% unknown %}",
    "{{ x | no_such_filter }}",
]
VALUES = {
    "x": 3,
    "y": 0,
    "text": "abc def",
    "list": [1, 2, 3, 4, 5],
    "map": {"b": 2, "a": 1},
}


def environment():
    def raise_exception(message):
        raise Refused(message)

    def tojson(x, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
        return json.dumps(
            x, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys
        )

    env = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[Generation, loopcontrols]
    )
    env.filters["tojson"] = tojson
    env.globals["raise_exception"] = raise_exception
    env.globals["strftime_now"] = lambda f: NOW.strftime(f)
    return env


class Refused(Exception):
    pass


class Generation(jinja2.ext.Extension):
    """The block {% generation %} of transformers, which changes nothing in the text."""

    tags = {"generation"}

    def parse(self, parser):
        next(parser.stream)
        return parser.parse_statements(["name:endgeneration"], drop_needle=True)


def case(template, **variables):
    result = {"template": template, "variables": variables}
    try:
        result["text"] = environment().from_string(template).render(**variables)
    except Refused as e:
        result["error"] = str(e)
    except Exception:
        result["error"] = True
    return result


def cases():
    for chat in (CHAT, CHAT[1:], CHAT[1:2], []):
        for generation in (True, False):
            yield case(SMOLLM2, messages=chat, add_generation_prompt=generation)
            yield case(
                STRICT_ALTERNATION,
                messages=chat,
                add_generation_prompt=generation,
                bos_token="<s>",
                eos_token="</s>",
            ) if chat else case(TOOLS, messages=chat)
            yield case(THINKING, messages=chat, add_generation_prompt=generation)
    yield case(THINKING, messages=CHAT[:3], add_generation_prompt=True, enable_thinking=False)
    yield case(STRICT_ALTERNATION, messages=CHAT[1:2] * 2, bos_token="", eos_token="")
    yield case(TOOLS, messages=CHAT, tools=[WEATHER, WEATHER])
    yield case(TOOLS, messages=CHAT)
    yield case(WHITESPACE)
    yield case(WHITESPACE + "\n")
    yield case("a\r\nb\r\n")
    for expression in EXPRESSIONS:
        yield case(expression, **VALUES)


if __name__ == "__main__":
    if "--render" in sys.argv:
        for line in sys.stdin:
            asked = json.loads(line)
            print(json.dumps(case(asked["template"], **asked["variables"])), flush=True)
    else:
        json.dump(list(cases()), sys.stdout, ensure_ascii=False, indent=1)
        print()
