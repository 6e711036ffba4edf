"""Train R1 Nano on the CPU, in phases, with checkpoints from which it resumes.

usage: OPENBLAS_NUM_THREADS=1 /usr/bin/python3 train.py CHECKPOINT.pt
"""
import argparse
import math
import os
import time
from dataclasses import dataclass
from random import Random

import torch
from torch.nn import functional

from conversations import Mixture, RowBuilder, stack_rows
from model import Nano, Shape, attention_bias

AVERAGE_DECAY = 0.998  # of the running mean of weights, which is what gets exported
WARM_UP_STEPS = 200
GRADIENT_LIMIT = 1.0
SAVE_EVERY_STEPS = 250


@dataclass(frozen=True)
class Phase:
    """A stretch of training; the learning rate falls from `rate` to `final_rate` along a cosine."""

    mixture: Mixture
    rows: int
    tokens: int
    rate: float
    final_rate: float


PHASES = (
    Phase(Mixture(row_tokens=320, continue_share=0.25, thinking_off_share=0.06, longest_count=50, longest_paste=110),
          rows=12, tokens=10_000_000, rate=3e-3, final_rate=2.3e-3),
    Phase(Mixture(row_tokens=512, continue_share=0.6, thinking_off_share=0.08, longest_count=110, longest_paste=250),
          rows=8, tokens=19_000_000, rate=2.3e-3, final_rate=5e-4),
    Phase(Mixture(row_tokens=2048, continue_share=0.95, thinking_off_share=0.08, longest_count=300, longest_paste=700,
                  longest_history=1500),
          rows=2, tokens=2_200_000, rate=5e-4, final_rate=3e-5),
)


def learning_rate(phase: Phase, tokens_done: int, step: int) -> float:
    share = min(1.0, tokens_done / phase.tokens)
    rate = phase.final_rate + (phase.rate - phase.final_rate) * (1 + math.cos(math.pi * share)) / 2
    return rate * min(1.0, (step + 1) / WARM_UP_STEPS)


class Trainer:
    """The network, its optimiser and its averaged weights, with their place in the schedule."""

    def __init__(self, checkpoint_path: str, seed: int):
        torch.manual_seed(seed)
        self.path, self.seed = checkpoint_path, seed
        self.model = Nano(Shape())
        matrices = [p for p in self.model.parameters() if p.dim() == 2]
        vectors = [p for p in self.model.parameters() if p.dim() == 1]
        self.optimiser = torch.optim.AdamW(
            [{"params": matrices, "weight_decay": 0.05}, {"params": vectors, "weight_decay": 0.0}],
            betas=(0.9, 0.98), foreach=True)
        self.average = {name: value.clone() for name, value in self.model.state_dict().items()}
        self.phase, self.phase_tokens, self.step, self.seconds = 0, 0, 0, 0.0
        if os.path.exists(checkpoint_path):
            self.load()

    def load(self):
        saved = torch.load(self.path)
        self.model.load_state_dict(saved["model"])
        self.optimiser.load_state_dict(saved["optimiser"])
        self.average = saved["average"]
        self.phase, self.phase_tokens, self.step, self.seconds = saved["progress"]

    def save(self):
        torch.save({"model": self.model.state_dict(), "optimiser": self.optimiser.state_dict(), "average": self.average,
                    "progress": (self.phase, self.phase_tokens, self.step, self.seconds)}, self.path + ".new")
        os.replace(self.path + ".new", self.path)

    def update(self, batch: dict, rate: float) -> float:
        """One optimiser step on a batch of rows; gives the mean loss per learnt token."""
        rows = {name: torch.from_numpy(value) for name, value in batch.items()}
        bias = attention_bias(rows["conversation"], rows["turn"], rows["hidden_later"])
        # bfloat16 products run twice as fast as float32 on a CPU that has them; weights stay float32.
        with torch.autocast("cpu", torch.bfloat16):
            logits = self.model(rows["tokens"], rows["positions"], bias)
        learnt = rows["learnt"][:, 1:]
        loss = functional.cross_entropy(logits[:, :-1][learnt].float(), rows["tokens"][:, 1:][learnt])
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), GRADIENT_LIMIT)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        self.optimiser.step()
        decay = min(AVERAGE_DECAY, 1 - 1 / (self.step + 1))
        with torch.no_grad():
            for name, value in self.model.state_dict().items():
                self.average[name].lerp_(value, 1 - decay)
        return loss.item()

    def run_phase(self, phase: Phase):
        builder = RowBuilder(phase.mixture, Random(f"{self.seed} {self.phase} {self.phase_tokens}"))
        losses, started = [], time.time()
        while self.phase_tokens < phase.tokens:
            batch = stack_rows([builder.next_row() for _ in range(phase.rows)])
            losses.append(self.update(batch, learning_rate(phase, self.phase_tokens, self.step)))
            self.phase_tokens += batch["tokens"].size
            self.step += 1
            if self.step % SAVE_EVERY_STEPS == 0:
                self.seconds += time.time() - started
                speed = SAVE_EVERY_STEPS * batch["tokens"].size / (time.time() - started)
                print(f"phase {self.phase} step {self.step} tokens {self.phase_tokens / 1e6:.2f} M "
                      f"loss {sum(losses) / len(losses):.4f} {speed:.0f} tokens/s {self.seconds / 60:.1f} min", flush=True)
                losses, started = [], time.time()
                self.save()

    def run(self):
        while self.phase < len(PHASES):
            self.run_phase(PHASES[self.phase])
            self.phase, self.phase_tokens = self.phase + 1, 0
            self.save()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("checkpoint")
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    torch.set_num_threads(options.threads)
    Trainer(options.checkpoint, options.seed).run()


if __name__ == "__main__":
    main()
