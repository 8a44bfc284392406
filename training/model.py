"""GPT-2 for training: the same computation as the shipped model, with dropout and fused attention.

Names are the checkpoint's. Linear layers store [out, in], as torch does; convert.py turns them to GPT-2's [in, out].
Source: openai/gpt-2, src/model.py; the scaled initialisation of c_proj is from the GPT-2 paper, section 2.3.
"""

import math

import torch.nn.functional as F
from torch import Tensor, nn

from .config import VOCAB_SIZE, Config

PADDED_VOCAB = 50_304  # the next multiple of 64: tensor cores need it; the 47 rows more are cut off by convert.py
LN_EPSILON = 1e-5  # layer_norm_epsilon in the checkpoint's config.json
MLP_WIDTH = 4  # times n_embd
WTE_STD = 0.02
WPE_STD = 0.01


class Block(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        C = config.n_embd
        self.n_head = config.n_head
        self.dropout = config.dropout
        self.ln_1 = nn.LayerNorm(C, eps=LN_EPSILON)
        self.c_attn = nn.Linear(C, 3 * C)
        self.attn_c_proj = nn.Linear(C, C)
        self.ln_2 = nn.LayerNorm(C, eps=LN_EPSILON)
        self.c_fc = nn.Linear(C, MLP_WIDTH * C)
        self.mlp_c_proj = nn.Linear(MLP_WIDTH * C, C)

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: x [B, T, n_embd] -> the same."""
        x = x + self.drop(self.attn_c_proj(self.attention(self.ln_1(x))))
        return x + self.drop(self.mlp_c_proj(F.gelu(self.c_fc(self.ln_2(x)), approximate="tanh")))

    def attention(self, x: Tensor) -> Tensor:
        """Each position's weighted v of all heads side by side.  Shapes: x [B, T, n_embd] -> the same."""
        B, T, C = x.shape
        q, k, v = self.c_attn(x).view(B, T, 3, self.n_head, C // self.n_head).permute(2, 0, 3, 1, 4)
        dropout = self.dropout if self.training else 0.0
        z = F.scaled_dot_product_attention(q, k, v, dropout_p=dropout, is_causal=True)  # [B, n_head, T, d_head]
        return z.transpose(1, 2).reshape(B, T, C)

    def drop(self, x: Tensor) -> Tensor:
        return F.dropout(x, self.dropout, self.training) if self.dropout else x


class GPT2(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        self.config = config
        self.wte = nn.Embedding(PADDED_VOCAB, config.n_embd)
        self.wpe = nn.Embedding(config.n_ctx, config.n_embd)
        self.h = nn.ModuleList(Block(config) for _ in range(config.n_layer))
        self.ln_f = nn.LayerNorm(config.n_embd, eps=LN_EPSILON)
        initialise(self)

    def forward(self, ids: Tensor) -> Tensor:
        """The final state of each position; its product with wte's rows gives the logits (losses.py).

        Shapes: ids [B, T], int64 -> [B, T, n_embd].
        Throws: ValueError if T is above n_ctx.
        """
        T = ids.shape[1]
        if self.config.n_ctx < T:
            raise ValueError(f"GPT2: ids must have at most n_ctx = {self.config.n_ctx} positions, got {T}. Cut them.")
        x = self.wte(ids) + self.wpe.weight[:T]
        if self.config.dropout:
            x = F.dropout(x, self.config.dropout, self.training)
        for block in self.h:
            x = block(x)
        return self.ln_f(x)

    def compile_blocks(self, backend: str = "inductor") -> None:
        """Compiles the forward pass of a block, once for all of them, where the whole model would be twelve of them.

        Once more for each shape of ids. The parameters and their names stay as they are.
        """
        for block in self.h:
            block.compile(backend=backend, fullgraph=True, dynamic=False)

    def logits(self, ids: Tensor) -> Tensor:
        """Shapes: ids [B, T] -> [B, T, vocab_size], nats."""
        return self(ids) @ self.wte.weight[:VOCAB_SIZE].T


def initialise(model: GPT2) -> None:
    """Seeded by torch's global generator: normal weights, zero biases, smaller where a block adds to the stream.

    Linear layers get a standard deviation of 1 / sqrt(n_embd) / 2 rather than GPT-2's 0.02, which is meant for 768.
    """
    std = 0.5 / math.sqrt(model.config.n_embd)
    for name, module in model.named_modules():
        if isinstance(module, nn.Linear):
            adds = name.endswith("c_proj")
            nn.init.normal_(module.weight, std=std / math.sqrt(2 * model.config.n_layer) if adds else std)
            nn.init.zeros_(module.bias)
    nn.init.normal_(model.wte.weight, std=WTE_STD)
    nn.init.normal_(model.wpe.weight, std=WPE_STD)


def parameter_groups(model: GPT2, weight_decay: float) -> list[dict]:
    """For AdamW: weight decay on the blocks' matrices only."""
    matrices = [p for name, p in model.named_parameters() if p.dim() > 1 and name.startswith("h.")]
    others = [p for name, p in model.named_parameters() if p.dim() == 1 or not name.startswith("h.")]
    return [{"params": matrices, "weight_decay": weight_decay}, {"params": others, "weight_decay": 0.0}]


def count_parameters(model: GPT2) -> int:
    """As shipped: without the rows that only pad wte."""
    padding = (PADDED_VOCAB - VOCAB_SIZE) * model.config.n_embd
    return sum(p.numel() for p in model.parameters()) - padding
