"""Muon: the optimizer that trains the networks; it makes every direction of a weight matrix learn at one pace."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn


def orthogonal(matrices: Tensor, steps: int = 5) -> Tensor:
    """The nearest semi-orthogonal matrices to a batch (n, rows, columns), by a quintic Newton-Schulz iteration."""
    a, b, c = 3.4445, -4.7750, 2.0315
    wide = matrices.shape[-2] <= matrices.shape[-1]
    x = matrices if wide else matrices.mT
    x = (x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)).bfloat16()
    for _ in range(steps):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    nearest: Tensor = (x if wide else x.mT).to(matrices.dtype)
    return nearest


class Muon(torch.optim.Optimizer):
    """Momentum, orthogonalized: Jordan et al., "Muon: An optimizer for hidden layers in neural networks" (2024),
    with the step size of Liu et al., "Muon is Scalable for LLM Training" (2025), so that Adam's learning rates fit.

    For weights of two or more dimensions; a convolution is taken as a matrix (outputs, everything else).
    """

    def __init__(self, weights: Iterable[Tensor], lr: float, momentum: float = 0.95, decay: float = 0.0) -> None:
        super().__init__(weights, {"lr": lr, "momentum": momentum, "decay": decay})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        for group in self.param_groups:
            alike: dict[torch.Size, list[Tensor]] = {}
            for weight in group["params"]:
                if weight.grad is not None:
                    alike.setdefault(weight.shape, []).append(weight)
            for shape, weights in alike.items():
                updates = [self._momentum(w, group["momentum"]).reshape(shape[0], -1) for w in weights]
                stack = orthogonal(torch.stack(updates)) * (0.2 * max(stack_shape(shape)) ** 0.5)
                for weight, update in zip(weights, stack, strict=True):
                    weight.mul_(1 - group["lr"] * group["decay"]).sub_(update.reshape(shape), alpha=group["lr"])

    def _momentum(self, weight: Tensor, momentum: float) -> Tensor:
        assert weight.grad is not None
        state = self.state[weight]
        buffer = state.setdefault("momentum", torch.zeros_like(weight))
        buffer.lerp_(weight.grad, 1 - momentum)
        return weight.grad.lerp(buffer, momentum)  # Nesterov


def stack_shape(shape: torch.Size) -> tuple[int, int]:
    """Rows and columns of a weight seen as one matrix."""
    return shape[0], shape[1:].numel()


ADAM_SHARE = 0.3  # of the learning rate; at all of it, the first and last layer jump about


class Both:
    """Muon for the convolutions inside a net, Adam for its first and last one (several nets in one name theirs in
    `edges`) and for biases; one learning rate."""

    def __init__(self, net: nn.Module, lr: float) -> None:
        named = [(n, p) for n, p in net.named_parameters() if p.requires_grad]
        weights = [n for n, p in named if p.ndim >= 2]
        edge = set(getattr(net, "edges", ())) or ({weights[0], weights[-1]} if weights else set())
        inner = [p for n, p in named if p.ndim >= 2 and n not in edge]
        outer = [p for n, p in named if p.ndim < 2 or n in edge]
        self.parts: list[torch.optim.Optimizer] = []
        if inner:
            self.parts.append(Muon(inner, lr))
        if outer:
            self.parts.append(torch.optim.Adam(outer, lr, betas=(0.9, 0.99)))

    def step(self, lr: float) -> None:
        for part in self.parts:
            for group in part.param_groups:
                group["lr"] = lr if isinstance(part, Muon) else ADAM_SHARE * lr
            part.step()
            part.zero_grad(set_to_none=True)

    def state_dict(self) -> list[dict[str, object]]:
        return [part.state_dict() for part in self.parts]

    def load_state_dict(self, states: list[dict[str, object]]) -> None:
        for part, state in zip(self.parts, states, strict=True):
            part.load_state_dict(state)
