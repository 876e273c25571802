"""Writes N bytes of a linear congruence to stdout: the input of every sample here."""
import sys


def input_bytes(length):
    state, out = 1, bytearray()
    for _ in range(length):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        out.append(state >> 16 & 255)
    return bytes(out)


if __name__ == '__main__':
    sys.stdout.buffer.write(input_bytes(int(sys.argv[1])))
