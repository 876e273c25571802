#!/bin/sh
# merge_diff.sh mounts images with it; dd.sh writes to them without.
