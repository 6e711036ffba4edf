"""Tests of the question generator, the row packing and the GGUF writer. Run: python3 -m unittest"""
import io
import struct
import unittest
from random import Random

import numpy as np

import gguf
import vocabulary
from arithmetic import difference_thought, product_thought, sum_thought
from comparison import align, compare_digits
from conversations import Mixture, RowBuilder
from letters import count_thought, reverse_thought
from questions import FAMILIES, held_out_turns
from turn import is_held_out


class ThoughtTest(unittest.TestCase):
    def test_sum_carries(self):
        self.assertEqual(sum_thought(17, 25), "17 + 25, from the right:\n7+5=12, carry 1: 2\n1+2+1=4: 42")

    def test_sum_ends_with_the_last_carry(self):
        self.assertEqual(sum_thought(99, 1).splitlines()[-1], "carried 1: 100")

    def test_every_small_sum_difference_and_product_ends_with_its_result(self):
        for a in range(0, 100, 7):
            for b in range(0, 100, 3):
                for thought, result in ((sum_thought(a, b), a + b), (difference_thought(a, b), a - b),
                                        (product_thought(a, b), a * b)):
                    self.assertEqual(thought.split(": ")[-1], str(result), thought)

    def test_decimals_are_lined_up(self):
        self.assertEqual(align("9.11", "9.9"), ("9.11", "9.90"))
        self.assertEqual(align("14", "1.04"), ("14.00", "01.04"))
        self.assertEqual(compare_digits("9.11", "9.90"), "9.11 and 9.90: 9,9= 1,9<")

    def test_letters_are_numbered_and_counted(self):
        self.assertEqual(count_thought("r", "err"), "r in err:\n1 e\n2 r: 1\n3 r: 2\ntotal: 2")

    def test_reversal_reads_the_numbered_letters_back(self):
        self.assertEqual(reverse_thought("abc"), "abc:\n1 a\n2 b\n3 c\nbackwards:\n3 c\n2 b\n1 a")


class SplitTest(unittest.TestCase):
    def test_training_and_held_out_questions_never_meet(self):
        for family, make in FAMILIES.items():
            random = Random(family)
            training = {make(random, False).question for _ in range(300)}
            held_out = {turn.question for turn in held_out_turns(family, 100, seed=1)}
            self.assertFalse(training & held_out, family)

    def test_the_split_is_stable(self):
        self.assertEqual([n for n in range(60) if is_held_out(f"count {n}")], [8, 11, 22, 32, 34, 42, 45, 51])

    def test_equal_seeds_give_equal_questions(self):
        self.assertEqual(held_out_turns("sum", 20, seed=3), held_out_turns("sum", 20, seed=3))


class RowTest(unittest.TestCase):
    def setUp(self):
        mixture = Mixture(row_tokens=600, continue_share=1.0, thinking_off_share=0.0, longest_count=20, longest_paste=60)
        self.row = RowBuilder(mixture, Random(5)).next_row()

    def test_the_model_learns_its_own_text_only(self):
        learnt = self.row.tokens[self.row.learnt]
        self.assertNotIn(vocabulary.USER, learnt)
        self.assertEqual(learnt[0], vocabulary.THINK)
        self.assertIn(vocabulary.END_OF_SENTENCE, learnt)

    def test_positions_skip_earlier_thoughts(self):
        visible = ~self.row.hidden_later & (self.row.conversation >= 0)
        second_turn = np.flatnonzero(self.row.turn == 1)[0]
        self.assertEqual(self.row.positions[second_turn], visible[:second_turn].sum())


class GgufTest(unittest.TestCase):
    def test_q8_0_keeps_values_within_half_a_step(self):
        values = np.linspace(-3, 3, 128, dtype=np.float32).reshape(2, 64)
        packed = np.frombuffer(gguf.quantise_q8_0(values), dtype=[("scale", "<f2"), ("values", "i1", 32)])
        restored = (packed["scale"][:, None].astype(np.float32) * packed["values"]).reshape(2, 64)
        self.assertLess(np.abs(restored - values).max(), 3 / 127)

    def test_q8_0_refuses_rows_that_do_not_divide(self):
        with self.assertRaises(ValueError):
            gguf.quantise_q8_0(np.zeros((2, 40), np.float32))

    def test_file_layout(self):
        writer, file = gguf.Writer(), io.BytesIO()
        writer.add("general.name", gguf.STRING, "x")
        writer.add_tensor("first", np.ones(3, np.float32), gguf.F32)
        writer.add_tensor("second", np.zeros((2, 32), np.float32), gguf.Q8_0)
        writer.write(file)
        data = file.getvalue()
        self.assertEqual(data[:4], b"GGUF")
        self.assertEqual(struct.unpack("<IQQ", data[4:24]), (3, 2, 1))
        tensor_start = len(data) - 32 - 96  # 12 and 68 bytes, each padded to 32
        self.assertEqual(tensor_start % gguf.ALIGNMENT, 0)
        self.assertEqual(struct.unpack("<3f", data[tensor_start:tensor_start + 12]), (1.0, 1.0, 1.0))

    def test_the_byte_alphabet_is_that_of_gpt2(self):
        alphabet = vocabulary.gpt2_byte_alphabet()
        self.assertEqual(len(set(alphabet)), 256)
        self.assertEqual((alphabet[ord("a")], alphabet[ord(" ")], alphabet[ord("\n")]), ("a", "Ġ", "Ċ"))


if __name__ == "__main__":
    unittest.main()
