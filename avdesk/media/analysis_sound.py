"""Peaks and levels of sound, a window of a tenth of a second at a time. Runs in the analysing process only."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from numpy.typing import NDArray

from avdesk.media.analysis import PER_SECOND

Samples = NDArray[np.float32]

MOST_SECONDS = 24 * 3600
LEAST_LEVEL = -1200
"""Tenths of a dB: nothing at all."""
_CLIPPED = 0.9
"""Coding makes ripples, some below and some above, of what was cut flat at 1."""
_SECONDS_AT_ONCE = 5
_JUMP = 0.1
"""Seconds by which a sample must be late to leave a gap."""
_SCALE = {"u8": 128.0, "s16": 32768.0, "s32": 2147483648.0, "s64": 9223372036854775808.0, "flt": 1.0, "dbl": 1.0}


class Windows:
    """Takes sound as it is decoded and answers whole windows; their time is the file's."""

    def __init__(self, rate: int, channels: int) -> None:
        self._rate = rate
        self._channels = channels
        self._step = _SECONDS_AT_ONCE * rate
        self._waiting: deque[Samples] = deque()
        self._held = 0
        self._taken = 0

    @property
    def seconds(self) -> float:
        """How far the sound has come."""
        return self._taken / self._rate

    @property
    def full(self) -> bool:
        return self._taken >= MOST_SECONDS * self._rate

    def take(self, samples: Samples, at: float | None) -> None:
        """``(channels, samples)``, to be heard ``at`` seconds; what is missing before is silence."""
        if at is not None and self.seconds + _JUMP < at < MOST_SECONDS:
            self._wait(round(at * self._rate) - self._taken)
        self._put(samples)

    def _wait(self, samples: int) -> None:
        """Silence, however long, in the memory of a second."""
        second = np.zeros((self._channels, self._rate), np.float32)
        for _second in range(samples // self._rate):
            self._put(second)
        self._put(second[:, : samples % self._rate])

    def _put(self, samples: Samples) -> None:
        self._waiting.append(samples)
        self._held += samples.shape[1]
        self._taken += samples.shape[1]

    @property
    def ready(self) -> bool:
        return self._held >= self._step

    def windows(self, *, last: bool = False) -> Iterator[dict[str, NDArray[np.integer]]]:
        """What can be told of all that is there, some seconds at a time; at the last also of the rest."""
        while self._held >= self._step or (last and self._held):
            yield _measured(self._next(min(self._step, self._held)), self._rate)

    def _next(self, wanted: int) -> Samples:
        pieces, missing = [], wanted
        while missing:
            piece = self._waiting.popleft()
            if piece.shape[1] > missing:
                self._waiting.appendleft(piece[:, missing:])
                piece = piece[:, :missing]
            pieces.append(piece)
            missing -= piece.shape[1]
        self._held -= wanted
        return np.concatenate(pieces, axis=1)


def _measured(samples: Samples, rate: int) -> dict[str, NDArray[np.integer]]:
    length = samples.shape[1]
    edges = np.arange(-(-length * PER_SECOND // rate)) * rate // PER_SECOND
    sizes = np.diff(np.append(edges, length))
    low = np.minimum.reduceat(samples, edges, axis=1).min(axis=0)
    high = np.maximum.reduceat(samples, edges, axis=1).max(axis=0)
    means = np.add.reduceat(samples, edges, axis=1) / sizes
    power = (np.add.reduceat(np.square(samples), edges, axis=1) / sizes - np.square(means)).mean(axis=0)
    level = np.full(len(edges), LEAST_LEVEL)
    loud = power > 1e-12
    level[loud] = np.round(100 * np.log10(power[loud]))
    clipped = np.zeros(len(edges), np.int64)
    if max(high.max(), -low.min()) >= _CLIPPED:
        flat = (np.abs(samples) >= _CLIPPED).any(axis=0).astype(np.int64)
        clipped = 1000 * np.add.reduceat(flat, edges) // sizes
    return {
        "low": np.clip(np.floor(low * 127), -127, 127).astype("i1"),
        "high": np.clip(np.ceil(high * 127), -127, 127).astype("i1"),
        "level": np.clip(level, LEAST_LEVEL, 300).astype("<i2"),
        "clipped": clipped.astype("<u2"),
    }


def sounds(container: InputContainer, stream: AudioStream, faults: list[str]) -> Iterator[tuple[Samples, float | None]]:
    """Decoded sound as ``(channels, samples)`` with its time in seconds; packets that can't be decoded are named in
    ``faults``. Raises what PyAV raises where the file itself ends wrongly.
    """
    start = 0.0 if container.start_time is None else container.start_time / av.time_base
    rate, channels = stream.codec_context.sample_rate, stream.codec_context.channels
    alike = AudioResampler("fltp", stream.codec_context.layout, rate)
    for packet in container.demux(stream):
        try:
            frames = packet.decode()
        except av.FFmpegError as error:
            faults.append(type(error).__name__)
            continue
        for frame in frames:
            at = None if frame.pts is None or frame.time_base is None else float(frame.pts * frame.time_base) - start
            if (frame.sample_rate, frame.layout.nb_channels) == (rate, channels):
                yield _samples(frame), at
            else:
                for same in alike.resample(frame):
                    yield _samples(same), at


def _samples(frame: AudioFrame) -> Samples:
    values = frame.to_ndarray()
    if not frame.format.is_planar:
        values = values.reshape(-1, frame.layout.nb_channels).T
    name = frame.format.name.removesuffix("p")
    made = values.astype(np.float32)
    if name == "u8":
        made -= 128
    if _SCALE[name] != 1:
        made /= _SCALE[name]
        return made
    return np.nan_to_num(made, copy=False, nan=0.0, posinf=1.0, neginf=-1.0)
