"""What the real side does with encrypted images: there.py FOLDER POOL SEED. Tells each that holds something else than it should."""

import os
import random
import shutil
import subprocess
import sys

import rados
import rbd

FOLDER, POOL, SEED = sys.argv[1], sys.argv[2], int(sys.argv[3])
chance = random.Random(SEED)


def path(name):
    return os.path.join(FOLDER, name)


def content(name):
    with open(path(name), "rb") as file:
        return file.read()


def keep(name, data):
    with open(path(name), "wb") as file:
        file.write(data)


def unlock(image, passphrase):
    image.encryption_load2([(rbd.RBD_ENCRYPTION_FORMAT_LUKS, passphrase)])


def exercise(image, held):
    for _ in range(12):
        data = chance.randbytes(chance.choice([1, 100, 4096, 70000]))
        off = chance.randrange(len(held) - len(data))
        image.write(data, off)
        held[off : off + len(data)] = data
    image.discard(65536, 65536)
    held[65536:131072] = bytes(65536)


def give_back(io, name, held, order):
    with rbd.Image(io, name) as image:
        keep(name + ".back", image.read(0, image.size()))
    keep(name + ".held", held)
    keep(name + ".order", str(order).encode())


def opens_with_cryptsetup(name, passphrase):
    if shutil.which("cryptsetup") is None:
        return True
    argv = ["cryptsetup", "open", "--test-passphrase", path(name + ".raw"), "--key-file", "-"]
    return subprocess.run(argv, input=passphrase.encode(), capture_output=True).returncode == 0


def of_here(io, name):
    raw, held = content(name + ".raw"), bytearray(content(name + ".model"))
    order, passphrase = int(content(name + ".order")), "other" if name.endswith("-clone") else "secret"
    rbd.RBD().create(io, name, len(raw), order=order)
    with rbd.Image(io, name) as image:
        image.write(raw, 0)
    with rbd.Image(io, name) as image:
        unlock(image, passphrase)
        same = image.size() == len(held) and image.read(0, image.size()) == bytes(held)
        exercise(image, held)
    give_back(io, name, held, order)
    if not same or not opens_with_cryptsetup(name, passphrase):
        print("DIFFERENT there: " + name)


def of_there(io, name, layout, cipher):
    rbd.RBD().create(io, name, 24 << 20)
    with rbd.Image(io, name) as image:
        image.encryption_format(layout, "secret", cipher)
    with rbd.Image(io, name) as image:
        unlock(image, "secret")
        held = bytearray(image.size())
        image.write(bytes(held), 0)
        exercise(image, held)
    give_back(io, name, held, 22)


def qcow(name, options):
    if shutil.which("qemu-img") is None:
        return
    file = path(name + ".qcow2")
    run = lambda *argv: subprocess.run(argv, check=True, capture_output=True)
    run("qemu-img", "create", "-f", "qcow2", "-o", options, file, "8M")
    for state in ["s1", "s2", "s3", "head"]:
        changes = []
        for _ in range(8):
            off, length = 512 * chance.randrange(15000), 512 * chance.randrange(1, 600)
            verb = chance.choice(["write -P %d" % chance.randrange(1, 256), "write -P 0", "discard"])
            changes += ["-c", "%s %d %d" % (verb, off, length)]
        run("qemu-io", *changes, file)
        if state != "head":
            run("qemu-img", "snapshot", "-c", state, file)
    for state in ["s1", "s2", "s3"]:
        run("qemu-img", "convert", "-l", "snapshot.name=" + state, "-O", "raw", file, path("%s.%s.img" % (name, state)))
    run("qemu-img", "convert", "-O", "raw", file, path(name + ".head.img"))


with rados.Rados(conffile=os.environ["CEPH_CONF"]) as cluster, cluster.open_ioctx(POOL) as io:
    for file in sorted(os.listdir(FOLDER)):
        if file.endswith(".raw"):
            of_here(io, file[: -len(".raw")])
    of_there(io, "real1", rbd.RBD_ENCRYPTION_FORMAT_LUKS1, rbd.RBD_ENCRYPTION_ALGORITHM_AES256)
    of_there(io, "real2", rbd.RBD_ENCRYPTION_FORMAT_LUKS2, rbd.RBD_ENCRYPTION_ALGORITHM_AES128)
for name, options in [("v3", "compat=1.1"), ("v2", "compat=0.10"), ("small", "cluster_size=4k"), ("large", "cluster_size=2M")]:
    qcow(name, options)
