"""The Qwen2 decoder of R1 Nano in PyTorch, with the parameter layout that GGUF expects."""
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

import vocabulary

QUERY_CHUNK = 256  # tokens


@dataclass(frozen=True)
class Shape:
    """Sizes of the network; `head_width` is the width of one attention head."""

    layers: int = 4
    width: int = 128
    heads: int = 4
    feed_forward: int = 384
    context: int = 2048
    rope_base: float = 10_000.0
    norm_epsilon: float = 1e-6

    @property
    def head_width(self) -> int:
        return self.width // self.heads


def rotary_table(shape: Shape) -> tuple[Tensor, Tensor]:
    """Cosines and sines for every position, each of shape [context, head_width], NEOX order."""
    half = torch.arange(0, shape.head_width, 2, dtype=torch.float64) / shape.head_width
    angles = torch.outer(torch.arange(shape.context, dtype=torch.float64), shape.rope_base**-half)
    angles = torch.cat((angles, angles), dim=-1)
    return angles.cos().float(), angles.sin().float()


def rotate(x: Tensor, cosines: Tensor, sines: Tensor) -> Tensor:
    """Apply rotary positions to [rows, heads, tokens, head_width]."""
    first, second = x.chunk(2, dim=-1)
    return x * cosines + torch.cat((-second, first), dim=-1) * sines


def attention_bias(conversation: Tensor, turn: Tensor, hidden_later: Tensor) -> Tensor:
    """Zero where a token may look and a large negative number elsewhere: [rows, 1, tokens, tokens].

    A token sees earlier tokens of its conversation, but no thought of an earlier turn.
    """
    tokens = conversation.shape[1]
    same_conversation = conversation[:, :, None] == conversation[:, None, :]
    same_turn = turn[:, :, None] == turn[:, None, :]
    past = torch.ones(tokens, tokens, dtype=torch.bool).tril()
    visible = past & same_conversation & (same_turn | ~hidden_later[:, None, :])
    return torch.zeros(visible.shape).masked_fill_(~visible, -1e9)[:, None]


class RmsNorm(nn.Module):
    def __init__(self, width: int, epsilon: float):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon

    def forward(self, x: Tensor) -> Tensor:
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + self.epsilon) * self.weight


class Block(nn.Module):
    """Attention and gated feed-forward, each on a normalised copy of [rows, tokens, width]."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        self.attention_norm = RmsNorm(shape.width, shape.norm_epsilon)
        self.query_key_value = nn.Linear(shape.width, 3 * shape.width)
        self.attention_output = nn.Linear(shape.width, shape.width, bias=False)
        self.feed_forward_norm = RmsNorm(shape.width, shape.norm_epsilon)
        self.gate_up = nn.Linear(shape.width, 2 * shape.feed_forward, bias=False)
        self.down = nn.Linear(shape.feed_forward, shape.width, bias=False)

    def forward(self, x: Tensor, cosines: Tensor, sines: Tensor, bias: Tensor) -> Tensor:
        x = x + self.attend(self.attention_norm(x), cosines, sines, bias)
        gate, up = self.gate_up(self.feed_forward_norm(x)).chunk(2, dim=-1)
        return x + self.down(functional.silu(gate) * up)

    def attend(self, x: Tensor, cosines: Tensor, sines: Tensor, bias: Tensor) -> Tensor:
        rows, tokens, width = x.shape
        heads = self.query_key_value(x).view(rows, tokens, 3 * self.shape.heads, self.shape.head_width).transpose(1, 2)
        query, key, value = heads.split(self.shape.heads, dim=1)
        query = rotate(query, cosines, sines) * self.shape.head_width**-0.5
        key = rotate(key, cosines, sines).transpose(-1, -2)
        mixed = []
        # Queries in chunks against their past alone: long rows cost half, and a chunk stays in the cache.
        for start in range(0, tokens, QUERY_CHUNK):
            end = min(start + QUERY_CHUNK, tokens)
            scores = query[:, :, start:end] @ key[..., :end] + bias[:, :, start:end, :end]
            mixed.append(scores.softmax(-1) @ value[:, :, :end])
        return self.attention_output(torch.cat(mixed, dim=2).transpose(1, 2).reshape(rows, tokens, width))


class Nano(nn.Module):
    """Next-token logits [rows, tokens, vocabulary]; the output matrix is the embedding."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(vocabulary.SIZE, shape.width)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = RmsNorm(shape.width, shape.norm_epsilon)
        cosines, sines = rotary_table(shape)
        self.register_buffer("cosines", cosines, persistent=False)
        self.register_buffer("sines", sines, persistent=False)
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2:
                nn.init.normal_(parameter, std=0.02)
            if name.endswith(("attention_output.weight", "down.weight")):
                parameter.data /= (2 * shape.layers) ** 0.5

    def forward(self, tokens: Tensor, positions: Tensor, bias: Tensor) -> Tensor:
        cosines, sines = self.cosines[positions][:, None], self.sines[positions][:, None]
        x = self.embedding(tokens)
        for block in self.blocks:
            x = block(x, cosines, sines, bias)
        return functional.linear(self.norm(x), self.embedding.weight)
