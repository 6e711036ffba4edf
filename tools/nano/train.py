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

AVERAGE_DECAY = 0.995  # of the running mean of weights, which is what gets exported
WARM_UP_STEPS = 200
GRADIENT_LIMIT = 1.0
SAVE_EVERY_STEPS = 100


@dataclass(frozen=True)
class Batch:
    """One kind of training step: so many rows of one mixture, drawn with probability `share`."""

    mixture: Mixture
    rows: int
    share: float = 1.0


@dataclass(frozen=True)
class Phase:
    """A stretch of training; the learning rate falls from `rate` to `final_rate` along a cosine."""

    batches: tuple[Batch, ...]
    tokens: int
    rate: float
    final_rate: float


# Long rows come mixed with short ones: a last phase of long rows alone made short conversations worse.
PHASES = (
    Phase((Batch(Mixture(row_tokens=320, continue_share=0.25, thinking_off_share=0.06, longest_count=50,
                         longest_paste=110), rows=12),),
          tokens=10_000_000, rate=3e-3, final_rate=2.5e-3),
    Phase((Batch(Mixture(row_tokens=512, continue_share=0.5, thinking_off_share=0.05, longest_count=100,
                         longest_paste=200), rows=16, share=0.76),
           Batch(Mixture(row_tokens=1024, continue_share=0.8, thinking_off_share=0.06, longest_count=100,
                         longest_paste=400, longest_history=600), rows=8, share=0.12),
           Batch(Mixture(row_tokens=2048, continue_share=0.9, thinking_off_share=0.06, longest_count=100,
                         longest_paste=700, longest_history=1500), rows=4, share=0.12)),
          tokens=50_000_000, rate=2.5e-3, final_rate=3e-5),
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
        random = Random(f"{self.seed} {self.phase} {self.phase_tokens}")
        builders = {batch: RowBuilder(batch.mixture, random) for batch in phase.batches}
        shares = [batch.share for batch in phase.batches]
        losses, tokens_before, started = [], self.phase_tokens, time.time()
        while self.phase_tokens < phase.tokens:
            kind = random.choices(phase.batches, weights=shares)[0]
            batch = stack_rows([builders[kind].next_row() for _ in range(kind.rows)])
            losses.append(self.update(batch, learning_rate(phase, self.phase_tokens, self.step)))
            self.phase_tokens += batch["tokens"].size
            self.step += 1
            if self.step % SAVE_EVERY_STEPS == 0:
                self.seconds += time.time() - started
                speed = (self.phase_tokens - tokens_before) / (time.time() - started)
                print(f"phase {self.phase} step {self.step} tokens {self.phase_tokens / 1e6:.2f} M "
                      f"loss {sum(losses) / len(losses):.4f} {speed:.0f} tokens/s {self.seconds / 60:.1f} min", flush=True)
                losses, tokens_before, started = [], self.phase_tokens, time.time()
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
