"""Writes JSON lines: what the coding functions inside Ceph's own plugins make of input.py's bytes.

record-coding.py PLUGIN_DIR COMMON_LIB STUB > coding.jsonl
PLUGIN_DIR holds libec_jerasure.so and libec_isa.so; COMMON_LIB is libceph-common.so.2. The plugins also want two symbols of
the OSD's own binary; STUB is any shared object that defines them (char arrays will do), as no plugin object is made here.
"""
import ctypes as C
import hashlib
import json
import os
import sys

from input import input_bytes

plugins, common, stub = sys.argv[1:]
LAZY = C.RTLD_GLOBAL | os.RTLD_LAZY
for path in (common, stub):
    C.CDLL(path, mode=LAZY)
J = C.CDLL(f'{plugins}/libec_jerasure.so', mode=os.RTLD_LAZY)
I = C.CDLL(f'{plugins}/libec_isa.so', mode=os.RTLD_LAZY)
IntP = C.POINTER(C.c_int)
for name in ('reed_sol_vandermonde_coding_matrix', 'reed_sol_r6_coding_matrix', 'cauchy_original_coding_matrix',
             'cauchy_good_general_coding_matrix', 'jerasure_matrix_to_bitmatrix', 'liberation_coding_bitmatrix',
             'blaum_roth_coding_bitmatrix', 'liber8tion_coding_bitmatrix'):
    getattr(J, name).restype = IntP
J.jerasure_smart_bitmatrix_to_schedule.restype = C.c_void_p


def buffers(k, m, size):
    """k aligned chunks of input and m empty ones; and what keeps them alive."""
    data = input_bytes(k * size)
    raw = C.create_string_buffer((k + m) * size + 64)
    base = (C.addressof(raw) + 63) & ~63
    C.memmove(base, data, k * size)
    at = [C.c_void_p(base + i * size) for i in range(k + m)]
    return raw, (C.c_void_p * k)(*at[:k]), (C.c_void_p * m)(*at[k:])


def emit(plugin, technique, k, m, w, packetsize, size, coding):
    hashes = [hashlib.sha256(C.string_at(p, size)).hexdigest()[:16] for p in coding]
    print(json.dumps({'plugin': plugin, 'technique': technique, 'k': k, 'm': m, 'w': w, 'packetsize': packetsize,
                      'size': size, 'coding': hashes}))


def words(technique, k, m, w, size):
    make = {'reed_sol_van': lambda: J.reed_sol_vandermonde_coding_matrix(k, m, w),
            'reed_sol_r6_op': lambda: J.reed_sol_r6_coding_matrix(k, w)}[technique]
    keep, data, coding = buffers(k, m, size)
    J.jerasure_matrix_encode(k, m, w, make(), data, coding, size)
    emit('jerasure', technique, k, m, w, 0, size, coding)


def bits(technique, k, m, w, packetsize, size):
    matrix = {'cauchy_orig': lambda: J.jerasure_matrix_to_bitmatrix(k, m, w, J.cauchy_original_coding_matrix(k, m, w)),
              'cauchy_good': lambda: J.jerasure_matrix_to_bitmatrix(k, m, w, J.cauchy_good_general_coding_matrix(k, m, w)),
              'liberation': lambda: J.liberation_coding_bitmatrix(k, w),
              'blaum_roth': lambda: J.blaum_roth_coding_bitmatrix(k, w),
              'liber8tion': lambda: J.liber8tion_coding_bitmatrix(k)}[technique]()
    keep, data, coding = buffers(k, m, size)
    schedule = C.c_void_p(J.jerasure_smart_bitmatrix_to_schedule(k, m, w, matrix))
    J.jerasure_schedule_encode(k, m, w, schedule, data, coding, size, packetsize)
    emit('jerasure', technique, k, m, w, packetsize, size, coding)


def isa(technique, k, m, size):
    rows = C.create_string_buffer(k * (k + m))
    tables = C.create_string_buffer(k * m * 32 + 64)
    (I.gf_gen_rs_matrix if technique == 'reed_sol_van' else I.gf_gen_cauchy1_matrix)(rows, k + m, k)
    I.ec_init_tables(k, m, C.byref(rows, k * k), tables)
    keep, data, coding = buffers(k, m, size)
    I.ec_encode_data(size, k, m, tables, data, coding)
    emit('isa', technique, k, m, 8, 0, size, coding)


for w in (8, 16, 32):
    for k, m in ((2, 1), (2, 2), (3, 2), (4, 2), (5, 3), (6, 4), (8, 4), (10, 6), (17, 3)):
        words('reed_sol_van', k, m, w, 64 * w // 8)
    for k in (2, 3, 4, 7, 12):
        words('reed_sol_r6_op', k, 2, w, 64 * w // 8)
for technique in ('cauchy_orig', 'cauchy_good'):
    for w in (3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 20, 24, 27, 31, 32):
        for k, m in ((2, 1), (2, 2), (3, 2), (4, 3), (5, 2), (6, 4), (9, 3)):
            if k + m <= 1 << w:
                bits(technique, k, m, w, 8, w * 8 * 2)
    bits(technique, 4, 2, 8, 2048, 16384)
for w in (3, 5, 7, 11, 13):
    for k in range(2, min(w, 8) + 1):
        bits('liberation', k, 2, w, 8, w * 16)
for w in (4, 6, 7, 10, 12):
    for k in range(2, min(w, 8) + 1):
        bits('blaum_roth', k, 2, w, 8, w * 16)
for k in range(2, 9):
    bits('liber8tion', k, 2, 8, 8, 128)
for technique in ('reed_sol_van', 'cauchy'):
    for k, m in ((2, 1), (2, 2), (3, 2), (4, 2), (4, 3), (5, 4), (8, 3), (8, 4), (10, 4), (21, 4), (32, 3)):
        isa(technique, k, m, 96)
for k, m in ((4, 5), (6, 6), (20, 10), (60, 20)):
    isa('cauchy', k, m, 64)
