#!/bin/sh
# Starts the kernel from its snapshot, or plainly where the snapshot was made by another Node than this one, which
# would refuse it.   launch.sh NODE CONNECTION_FILE
folder=$(dirname "$0")
blob=$folder/kernel.blob
set -- "$1" "$folder/kernel.cjs" --backend live "$2"
if [ -f "$blob.node" ] && [ "$(ls -iL "$1" | sed 's/^ *//; s/ .*//')" = "$(cat "$blob.node")" ] && [ ! "$1" -nt "$blob" ]; then
  node=$1
  shift
  exec "$node" --snapshot-blob "$blob" "$@"
fi
exec "$@"
