"""Frames and sound encoded for a clip, each keeping its time. Runs in the maker process only."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, cast

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.video.frame import PictureType, VideoFrame
from av.video.stream import VideoStream

from avdesk.media.film import Film
from avdesk.media.opened import Fault
from avdesk.media.run import Shown

H264 = "libx264"
FFV1 = "ffv1"
"""Without loss, and part of every FFmpeg: for one that was built without x264."""
_H264_OPTIONS = {"preset": "veryfast", "crf": "16"}
_KEY_FRAMES = 50
_THREADS = 2
_EIGHT_BITS = 8
_AAC_RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000)
_AAC_BITS = 128_000


class PictureEncoder:
    """The frames of a film from pts ``first`` on that begin before ``end``."""

    def __init__(self, target: OutputContainer, film: Film, first: int, end: int) -> None:
        """Raises :class:`Fault` when the first frame can't be decoded."""
        self._film = film
        self._end = end
        self._first = first
        self._frames = (shown for shown in film.frames(first) if shown is not None)
        begin = next(self._frames, None)
        if begin is None or begin.pts != first:
            raise Fault("DAMAGED")
        self._begin, frame = begin, begin.frame
        self.last_pts = first
        self._format = _pixels(frame)
        self._stream = self._make(target, frame)

    @staticmethod
    def extension() -> str:
        """Of the container that fits what is encoded."""
        return "mp4" if H264 in av.codecs_available else "mkv"

    def packets(self) -> Iterator[Packet[Any]]:
        """In the order of decoding, times beginning at 0."""
        for shown in self._wanted():
            self.last_pts = shown.pts
            yield from self._stream.encode(self._fitted(shown))
        yield from self._stream.encode(None)

    def _make(self, target: OutputContainer, frame: VideoFrame) -> VideoStream:
        name = H264 if H264 in av.codecs_available else FFV1
        rate = self._film.rate.limit_denominator(1 << 16)
        options = _H264_OPTIONS if name == H264 else {}
        stream = cast("VideoStream", target.add_stream(name, rate=rate, options=options))
        stream.width, stream.height, stream.pix_fmt = frame.width, frame.height, self._format
        stream.time_base = self._film.time_base
        codec = stream.codec_context
        codec.time_base = self._film.time_base
        codec.gop_size = _KEY_FRAMES
        codec.thread_count = _THREADS
        codec.sample_aspect_ratio = self._film.shape
        for about in ("color_range", "color_primaries", "color_trc", "colorspace"):
            setattr(codec, about, getattr(frame, about))
        if frame.rotation:
            stream.set_display_rotation(frame.rotation)
        return stream

    def _wanted(self) -> Iterator[Shown]:
        """One for each time: of several that have the same one the last is shown."""
        held = self._begin
        for shown in self._frames:
            if shown.pts >= self._end:
                break
            if shown.pts > held.pts:
                yield held
            if shown.pts >= held.pts:
                held = shown
        yield held

    def _fitted(self, shown: Shown) -> VideoFrame:
        frame = shown.frame
        if (frame.width, frame.height, frame.format.name) != (self._stream.width, self._stream.height, self._format):
            frame = frame.reformat(self._stream.width, self._stream.height, self._format)
        frame.pts, frame.time_base = shown.pts - self._first, self._film.time_base
        frame.pict_type = PictureType.NONE  # where key frames stand is the encoder's to say
        return frame


def _pixels(frame: VideoFrame) -> str:
    """What the encoder takes, without losing bits or colour where that can be."""
    name = frame.format.name
    known = av.Codec(H264 if H264 in av.codecs_available else FFV1, "w").video_formats or []
    odd = frame.width % 2 or frame.height % 2
    if name in {each.name for each in known} and not (odd and "444" not in name and "gray" not in name):
        return name
    deep = max(each.bits for each in frame.format.components) > _EIGHT_BITS
    return f"yuv{'444' if odd else '420'}p{'10le' if deep else ''}"


class SoundEncoder:
    """Sound as AAC, cut to the sample."""

    def __init__(self, target: OutputContainer, audio: AudioStream) -> None:
        codec = audio.codec_context
        self._audio = audio
        self._rate = min(_AAC_RATES, key=lambda rate: (rate < codec.sample_rate, abs(rate - codec.sample_rate)))
        self._layout = "mono" if codec.layout.nb_channels == 1 else "stereo"
        self._stream = target.add_stream("aac", rate=self._rate, layout=self._layout)
        self._stream.bit_rate = _AAC_BITS

    def packets(self, container: InputContainer, begin_s: Fraction, end_s: Fraction) -> Iterator[Packet[Any]]:
        """What is heard within these times on the file's own clock; times begin at 0."""
        for frame in self._frames(container, begin_s, end_s):
            yield from self._stream.encode(frame)
        yield from self._stream.encode(None)

    def _frames(self, container: InputContainer, begin_s: Fraction, end_s: Fraction) -> Iterator[AudioFrame]:
        rate = self._rate
        resampler = AudioResampler("fltp", self._layout, rate)
        length = math.floor((end_s - begin_s) * rate)
        done = 0
        for frame in _decoded(container, self._audio, begin_s):
            for piece in resampler.resample(frame):
                at = round((cast("int", piece.pts) * cast("Fraction", piece.time_base) - begin_s) * rate)
                skip, keep = max(done - at, 0), min(piece.samples, length - at)
                if at >= length:
                    return
                if keep > skip:
                    done = at + keep
                    yield self._piece(piece, skip, keep, at + skip)

    def _piece(self, whole: AudioFrame, skip: int, keep: int, at: int) -> AudioFrame:
        samples = np.ascontiguousarray(whole.to_ndarray()[:, skip:keep], np.float32)
        made = AudioFrame.from_ndarray(samples, "fltp", self._layout)
        made.sample_rate, made.pts, made.time_base = self._rate, at, Fraction(1, self._rate)
        return made


def _decoded(container: InputContainer, audio: AudioStream, begin_s: Fraction) -> Iterator[AudioFrame]:
    """Decoded sound from shortly before that time on; what is damaged is left out."""
    base = cast("Fraction", audio.time_base)
    container.seek(max(math.floor((begin_s - 1) / base), 0), stream=audio, backward=True)
    for packet in container.demux(audio):
        try:
            frames = packet.decode()
        except av.FFmpegError:
            continue
        yield from (frame for frame in frames if frame.pts is not None)
