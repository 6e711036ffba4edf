"""Write the averaged weights of a checkpoint as a GGUF file for llama.cpp.

usage: /usr/bin/python3 export_gguf.py CHECKPOINT.pt OUT.gguf
"""
import argparse
from pathlib import Path

import torch
from torch import Tensor

import gguf
import vocabulary
from model import Nano, Shape

CHAT_TEMPLATE = Path(__file__).with_name("chat_template.jinja")
DESCRIPTION = (
    "R1 Nano, a tiny demo model in the format of DeepSeek-R1 (it is not DeepSeek-R1). It thinks step by step about small "
    "sums, comparisons, letter counts and reversed words, and declines everything else."
)
NORMAL_TOKEN, CONTROL_TOKEN, USER_DEFINED_TOKEN = 1, 3, 4


def add_metadata(writer: gguf.Writer, shape: Shape):
    writer.add("general.architecture", gguf.STRING, "qwen2")
    writer.add("general.name", gguf.STRING, "R1 Nano")
    writer.add("general.description", gguf.STRING, DESCRIPTION)
    writer.add("general.license", gguf.STRING, "mit")
    writer.add("general.file_type", gguf.UINT32, gguf.FILE_TYPE_Q8_0)
    writer.add("general.quantization_version", gguf.UINT32, 2)
    writer.add("qwen2.block_count", gguf.UINT32, shape.layers)
    writer.add("qwen2.context_length", gguf.UINT32, shape.context)
    writer.add("qwen2.embedding_length", gguf.UINT32, shape.width)
    writer.add("qwen2.feed_forward_length", gguf.UINT32, shape.feed_forward)
    writer.add("qwen2.attention.head_count", gguf.UINT32, shape.heads)
    writer.add("qwen2.attention.head_count_kv", gguf.UINT32, shape.heads)
    writer.add("qwen2.attention.layer_norm_rms_epsilon", gguf.FLOAT32, shape.norm_epsilon)
    writer.add("qwen2.rope.freq_base", gguf.FLOAT32, shape.rope_base)


def add_tokenizer(writer: gguf.Writer):
    """The byte vocabulary; with no merges, every byte of a text stays a token of its own."""
    special = vocabulary.SPECIAL_TEXT
    kinds = [USER_DEFINED_TOKEN if i in (vocabulary.THINK, vocabulary.END_THINK) else CONTROL_TOKEN for i in special]
    writer.add("tokenizer.ggml.model", gguf.STRING, "gpt2")
    writer.add("tokenizer.ggml.pre", gguf.STRING, "deepseek-r1-qwen")
    writer.add_array("tokenizer.ggml.tokens", gguf.STRING, [*vocabulary.gpt2_byte_alphabet(), *special.values()])
    writer.add_array("tokenizer.ggml.token_type", gguf.INT32, [NORMAL_TOKEN] * vocabulary.BYTE_COUNT + kinds)
    writer.add_array("tokenizer.ggml.merges", gguf.STRING, [])
    writer.add("tokenizer.ggml.bos_token_id", gguf.UINT32, vocabulary.BEGIN_OF_SENTENCE)
    writer.add("tokenizer.ggml.eos_token_id", gguf.UINT32, vocabulary.END_OF_SENTENCE)
    writer.add("tokenizer.ggml.padding_token_id", gguf.UINT32, vocabulary.END_OF_SENTENCE)
    writer.add("tokenizer.ggml.add_bos_token", gguf.BOOL, True)
    writer.add("tokenizer.ggml.add_eos_token", gguf.BOOL, False)
    writer.add("tokenizer.chat_template", gguf.STRING, CHAT_TEMPLATE.read_text(encoding="utf-8"))


def named_tensors(weights: dict[str, Tensor], shape: Shape) -> dict[str, Tensor]:
    """Weights under GGUF's names; the fused matrices come apart. The tied output matrix is left out."""
    named = {"token_embd.weight": weights["embedding.weight"], "output_norm.weight": weights["norm.weight"]}
    for i in range(shape.layers):
        source, target = f"blocks.{i}.", f"blk.{i}."
        named[target + "attn_norm.weight"] = weights[source + "attention_norm.weight"]
        for suffix in ("weight", "bias"):
            parts = weights[f"{source}query_key_value.{suffix}"].chunk(3)
            for letter, part in zip("qkv", parts):
                named[f"{target}attn_{letter}.{suffix}"] = part
        named[target + "attn_output.weight"] = weights[source + "attention_output.weight"]
        named[target + "ffn_norm.weight"] = weights[source + "feed_forward_norm.weight"]
        named[target + "ffn_gate.weight"], named[target + "ffn_up.weight"] = weights[source + "gate_up.weight"].chunk(2)
        named[target + "ffn_down.weight"] = weights[source + "down.weight"]
    return named


def build_writer(weights: dict[str, Tensor], shape: Shape) -> gguf.Writer:
    """Metadata and tensors of the model: matrices in Q8_0, norms and biases in F32."""
    writer = gguf.Writer()
    add_metadata(writer, shape)
    add_tokenizer(writer)
    for name, values in named_tensors(weights, shape).items():
        writer.add_tensor(name, values.numpy(), gguf.Q8_0 if values.dim() == 2 else gguf.F32)
    return writer


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("checkpoint", type=Path)
    arguments.add_argument("out", type=Path)
    options = arguments.parse_args()
    weights = torch.load(options.checkpoint)["average"]
    Nano(Shape()).load_state_dict(weights)  # refuses a checkpoint of another shape
    with open(options.out, "wb") as file:
        build_writer(weights, Shape()).write(file)
    print(f"{options.out}: {options.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
