# What `./dev` does to test the tree. Sourced after toolchain.sh and build.sh.
# shellcheck shell=sh
TEST_TOOLS=${DEEPSEEK_TEST_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/deepseek-plugin/test-tools}
PYTHON_PACKAGES="openai boto3 moto[server]==5.2.5 jinja2"
DEBIAN_PACKAGES="nginx wrk shellcheck python3-venv curl"

# every test of every module, formatting, licences; a failure stops nothing, the tally at the end decides
check() {
    forget_reports "$1"
    built=true
    logged "$1" check.log -Pcheck -Dmaven.test.failure.ignore=true verify || built=false
    tally "$1" || built=false
    [ $built = true ]
}

# unit tests of what differs from main, and of what depends on that
quick() {
    modules=$(changed_modules "$1")
    if [ -z "$modules" ]; then
        say "Nothing differs from $(base "$1")."
        return 0
    fi
    say "Changed: $modules"
    forget_reports "$1"
    built=true
    case ",$modules," in
    *,.,*) logged "$1" quick.log -Dmaven.test.failure.ignore=true test || built=false ;;
    *) logged "$1" quick.log -pl "$modules" -am -amd -Dmaven.test.failure.ignore=true test || built=false ;;
    esac
    tally "$1" || built=false
    [ $built = true ]
}

logged() {
    tree=$1
    log="$1/target/$2"
    shift 2
    mkdir -p "$tree/target"
    DEEPSEEK_TEST_TOOLS="$TEST_TOOLS" run_maven "$tree" "$log" "$@" && return 0
    grep -E '^\[ERROR\]' "$log" | head -n 20 >&2
    say "All of it: $log"
    return 1
}

base() {
    for name in origin/main main HEAD; do
        if git -C "$1" rev-parse -q --verify "$name" >/dev/null 2>&1; then
            git -C "$1" merge-base HEAD "$name"
            return 0
        fi
    done
}

# the folders of the modules that differ from main, with commas; `.` stands for all
changed_modules() {
    { git -C "$1" diff --name-only "$(base "$1")" && git -C "$1" ls-files --others --exclude-standard; } |
        while read -r file; do
            folder=$(dirname "$file")
            while [ "$folder" != . ] && [ ! -e "$1/$folder/pom.xml" ]; do folder=$(dirname "$folder"); done
            if [ "$folder" != . ] || [ "$file" = pom.xml ]; then echo "$folder"; fi
        done | sort -u | paste -s -d , -
}

forget_reports() {
    find "$1" \( -path '*/target/surefire-reports/*' -o -path '*/target/failsafe-reports/*' \) -type f \
        -exec rm -f {} +
}

tally() { "$JDK/bin/java" "$1/apps/cli/launcher/Tally.java" "$1"; }

setup() {
    mkdir -p "$TEST_TOOLS" || fail "Cannot write to $TEST_TOOLS. Set DEEPSEEK_TEST_TOOLS to a folder of yours."
    debian_packages
    python_packages
    if ! is_built "$1"; then build "$1"; fi
    "$1/deepseek" fetch --into "$TEST_TOOLS"
    say "Test tools are in $TEST_TOOLS."
}

# only where apt and root are at hand; tests that miss a program are skipped and say so
debian_packages() {
    missing=
    for package in $DEBIAN_PACKAGES; do
        if ! dpkg -s "$package" >/dev/null 2>&1; then missing="$missing $package"; fi
    done
    if [ -z "$missing" ]; then return 0; fi
    if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" != 0 ]; then
        say "Not installed, some tests will be skipped:$missing"
        return 0
    fi
    say "Installing$missing ..."
    apt-get update -qq >&2 || true
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >"$TEST_TOOLS/apt.log" 2>&1 ||
        say "Could not install$missing; some tests will be skipped. See $TEST_TOOLS/apt.log"
}

python_packages() {
    venv="$TEST_TOOLS/venv"
    wanted="$venv/wanted"
    if [ -r "$wanted" ] && [ "$(cat "$wanted")" = "$PYTHON_PACKAGES" ]; then return 0; fi
    if ! command -v python3 >/dev/null 2>&1; then
        say "No python3: tests with Python clients will be skipped."
        return 0
    fi
    say "Installing Python clients: $PYTHON_PACKAGES ..."
    # shellcheck disable=SC2086
    if python3 -m venv "$venv" >"$TEST_TOOLS/pip.log" 2>&1 &&
        "$venv/bin/pip" install -q --no-compile --disable-pip-version-check $PYTHON_PACKAGES >>"$TEST_TOOLS/pip.log" 2>&1; then
        printf '%s' "$PYTHON_PACKAGES" >"$wanted"
    else
        say "That failed; tests with Python clients will be skipped. See $TEST_TOOLS/pip.log"
    fi
}
