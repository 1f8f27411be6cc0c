#!/usr/bin/env bash
# Asks this machine's Parley whether it is live, ready or started ($1; live when not said), over its plain HTTP port
# ($2, 8080). Ends with 0 when it is, with 1 when it is not or does not answer. Needs bash alone, since small images have
# no curl.
set -euo pipefail
check="${1:-live}" port="${2:-8080}"
exec 3<>"/dev/tcp/127.0.0.1/$port"
printf 'GET /health/%s HTTP/1.1\r\nHost: localhost:%s\r\nConnection: close\r\n\r\n' "$check" "$port" >&3
IFS=' ' read -r -t 4 _ status _ <&3
[[ "$status" == 200 ]]
