/**
 * The chat templates that DeepSeek published with R1 and its distills, without their parts for tools. In all of them,
 * only the text after the last `</think>` of an earlier reply is kept, unchanged.
 */
export const r1Templates: Readonly<Record<string, string>> = {
  "January 2025": withEnd("{{'<｜Assistant｜>'}}"),
  "February 2025": withEnd("{{'<｜Assistant｜><think>\\n'}}"),
  "R1-0528": `{% if not add_generation_prompt is defined %}{% set add_generation_prompt = false %}{% endif %}\
{% set ns = namespace(is_tool=false, system_prompt='', is_first_sp=true, is_last_user=false) %}\
{%- for message in messages %}{%- if message['role'] == 'system' %}{%- if ns.is_first_sp %}\
{% set ns.system_prompt = ns.system_prompt + message['content'] %}{% set ns.is_first_sp = false %}{%- else %}\
{% set ns.system_prompt = ns.system_prompt + '\\n\\n' + message['content'] %}{%- endif %}{%- endif %}{%- endfor %}\
{{ bos_token }}{{ ns.system_prompt }}\
{%- for message in messages %}{% set content = message['content'] %}\
{%- if message['role'] == 'user' %}{%- set ns.is_last_user = true -%}\
{{'<｜User｜>' + content + '<｜Assistant｜>'}}{%- endif %}\
{%- if message['role'] == 'assistant' %}\
{% if '</think>' in content %}{% set content = content.split('</think>')[-1] %}{% endif %}\
{%- set ns.is_last_user = false -%}{{content + '<｜end▁of▁sentence｜>'}}{%- endif %}{%- endfor -%}\
{% if add_generation_prompt and not ns.is_last_user and not ns.is_tool %}{{'<｜Assistant｜>'}}{% endif %}`,
};

function withEnd(opening: string): string {
  return `{% if not add_generation_prompt is defined %}{% set add_generation_prompt = false %}{% endif %}\
{% set ns = namespace(is_tool=false, system_prompt='') %}\
{%- for message in messages %}{%- if message['role'] == 'system' %}\
{% set ns.system_prompt = message['content'] %}{%- endif %}{%- endfor %}{{bos_token}}{{ns.system_prompt}}\
{%- for message in messages %}{%- if message['role'] == 'user' %}{%- set ns.is_tool = false -%}\
{{'<｜User｜>' + message['content']}}{%- endif %}\
{%- if message['role'] == 'assistant' and message['content'] is not none %}{% set content = message['content'] %}\
{% if '</think>' in content %}{% set content = content.split('</think>')[-1] %}{% endif %}\
{{'<｜Assistant｜>' + content + '<｜end▁of▁sentence｜>'}}{%- endif %}{%- endfor -%}\
{% if add_generation_prompt and not ns.is_tool %}${opening}{% endif %}`;
}
