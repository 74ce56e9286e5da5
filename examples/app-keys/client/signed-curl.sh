#!/bin/sh
# Sends one signed request with curl:
#   KEY_ID=erp KEY_SECRET=… ./signed-curl.sh POST http://127.0.0.1:8080/v1/orders '{"item":"lamp"}'
set -eu
method=$1
url=$2
body=${3-}

rest=${url#*://}
host=$(printf %s "${rest%%/*}" | tr '[:upper:]' '[:lower:]')
case $rest in */*) path=/${rest#*/} ;; *) path=/ ;; esac
timestamp=$(date +%s)
nonce=$(openssl rand -hex 16)
hash=$(printf %s "$body" | openssl dgst -sha256 | sed 's/^.* //')
text=$(printf '%s\n' APP-KEY-HMAC-SHA256 "$KEY_ID" "$timestamp" "$nonce" "$method" "$host" "$path" "$hash")
signature=$(printf %s "$text" | openssl dgst -sha256 -hmac "$KEY_SECRET" | sed 's/^.* //')

curl --silent --show-error --path-as-is --request "$method" "$url" \
  --header "x-sig-key: $KEY_ID" \
  --header "x-sig-timestamp: $timestamp" \
  --header "x-sig-nonce: $nonce" \
  --header "x-sig-method: $method" \
  --header "x-sig-path: $path" \
  --header "x-sig-body-sha256: $hash" \
  --header "x-sig-signature: $signature" \
  ${body:+--header "Content-Type: application/json" --data-binary "$body"}
