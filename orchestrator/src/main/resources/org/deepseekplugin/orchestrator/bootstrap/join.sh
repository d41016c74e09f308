#!/bin/sh
# Fetches the agent and runs it; the agent joins the control plane. An agent that is killed is started
# again. Safe to run again at every boot: with everything in place the agent starts at once. Needs sh, tar, curl and sha256sum; writes only
# below $DEEPSEEK_HOME. Expects DEEPSEEK_HOME, DEEPSEEK_SERVER, DEEPSEEK_JOIN_TOKEN,
# DEEPSEEK_AGENT_VERSION, DEEPSEEK_BUNDLES ("<os>-<arch>=<sha256> ..."), and ca.pem beside it.
set -eu
umask 077
cd "$DEEPSEEK_HOME"

say() { echo "deepseek: $*" >&2; }

platform() {
    os=$(uname -s | tr '[:upper:]' '[:lower:]')
    case $os in darwin) os=macos ;; esac
    case $(uname -m) in
        x86_64 | amd64) arch=x64 ;;
        aarch64 | arm64) arch=arm64 ;;
        *) arch=$(uname -m) ;;
    esac
    echo "$os-$arch"
}

checksum() {
    for bundle in $DEEPSEEK_BUNDLES; do
        case $bundle in "$1"=*) echo "${bundle#*=}"; return ;; esac
    done
    say "there is no agent for $1, only: $DEEPSEEK_BUNDLES"
    exit 1
}

good() { echo "$2  $1" | sha256sum -c - >/dev/null 2>&1; }

# The token goes through a pipe: arguments are visible to every user of the machine.
download() {
    printf 'header = "authorization: Bearer %s"\n' "$DEEPSEEK_JOIN_TOKEN" |
        curl --config - --silent --show-error --fail --location --cacert ca.pem \
            --connect-timeout 10 --speed-limit 1000 --speed-time 30 \
            --continue-at - --output "$2" "$1"
}

# Resumes a broken download; a file that is complete but wrong is thrown away.
fetch() {
    wait=1
    until [ -f "$2" ] && good "$2" "$3"; do
        code=0
        download "$1" "$2" || code=$?
        case $code in
            0 | 22 | 33 | 36) if [ -f "$2" ] && ! good "$2" "$3"; then
                say "the agent bundle is not what it should be, fetching it anew"
                rm -f "$2"
            fi ;;
        esac
        if [ -f "$2" ] && good "$2" "$3"; then return; fi
        say "no agent bundle yet, trying again in $wait s"
        sleep "$wait"
        if [ "$wait" -lt 30 ]; then wait=$((wait * 2)); fi
    done
}

# Runs the agent until it ends by itself: with 0, or with 1 or 2 for what another try cannot mend. Its
# engines end with it, and the next agent runs them again. SIGTERM goes to the agent, which drains.
keep_running() {
    stopping='' child=''
    trap 'stopping=yes; kill -TERM "$child" 2>/dev/null || :' TERM INT
    wait=1
    while :; do
        began=$(date +%s)
        "$@" &
        child=$!
        code=0
        wait "$child" || code=$?
        while kill -0 "$child" 2>/dev/null; do # a signal to us ends the wait, not the agent
            code=0
            wait "$child" || code=$?
        done
        if [ -n "$stopping" ] || [ "$code" -le 2 ]; then exit "$code"; fi
        if [ $(($(date +%s) - began)) -gt 60 ]; then wait=1; fi
        say "the agent ended with $code, starting it again in $wait s"
        sleep "$wait" &
        child=$!
        wait "$child" || :
        if [ -n "$stopping" ]; then exit "$code"; fi
        if [ "$wait" -lt 30 ]; then wait=$((wait * 2)); fi
    done
}

main() {
    platform=$(platform)
    sha256=$(checksum "$platform")
    agent="$DEEPSEEK_HOME/bundle-$sha256"
    if [ ! -d "$agent" ]; then
        say "fetching the agent $DEEPSEEK_AGENT_VERSION for $platform"
        part="$DEEPSEEK_HOME/bundle-$sha256.tar.gz"
        fetch "$DEEPSEEK_SERVER/agent/bundle/$DEEPSEEK_AGENT_VERSION/$platform" "$part" "$sha256"
        rm -rf "$agent.part"
        mkdir "$agent.part"
        tar -xzf "$part" -C "$agent.part"
        mv "$agent.part" "$agent"
        rm -f "$part"
    fi
    printf '%s' "$DEEPSEEK_JOIN_TOKEN" >join-token
    unset DEEPSEEK_JOIN_TOKEN
    for old in "$DEEPSEEK_HOME"/bundle-*; do
        if [ "$old" != "$agent" ]; then rm -rf "$old"; fi
    done
    keep_running "$agent/bin/agent" --home "$DEEPSEEK_HOME" --server "$DEEPSEEK_SERVER" \
        --ca "$DEEPSEEK_HOME/ca.pem" --token-file "$DEEPSEEK_HOME/join-token"
}

main "$@"
