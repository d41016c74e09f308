# Finds JDK 25 and Maven, or installs them with the system's package manager after asking. Sourced.
# shellcheck shell=sh
JDK_NEEDED=25
YES=${YES:-false}
JDK=

# the major version of the JDK in $1, or nothing; a runtime without a compiler does not count
jdk_major() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
    if [ -r "$1/release" ]; then
        sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
    else
        "$1/bin/java" -version 2>&1 | sed -n '1s/.*version "\([0-9]*\).*/\1/p'
    fi
}

find_jdk() {
    on_path=$(command -v java 2>/dev/null || true)
    if [ -n "$on_path" ]; then
        on_path=$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")
        on_path=${on_path%/bin/java}
    fi
    for home in "${DEEPSEEK_JAVA_HOME:-}" "${JAVA_HOME:-}" "$on_path" \
        ${DEEPSEEK_JVM_FOLDERS-/usr/lib/jvm/*25* /opt/*jdk*25* "$HOME"/.sdkman/candidates/java/25* \
            /Library/Java/JavaVirtualMachines/*25*/Contents/Home /opt/homebrew/opt/openjdk@25 /usr/local/opt/openjdk@25}; do
        [ -n "$home" ] || continue
        major=$(jdk_major "$home")
        if [ -n "$major" ] && [ "$major" -ge "$JDK_NEEDED" ]; then
            echo "$home"
            return 0
        fi
    done
    return 1
}

# sets JDK, installing one if need be
need_jdk() {
    if JDK=$(find_jdk); then return 0; fi
    install_packages "a JDK $JDK_NEEDED" "$(jdk_packages)"
    if JDK=$(find_jdk); then return 0; fi
    fail "The installation ended, but no JDK $JDK_NEEDED is to be found. Set JAVA_HOME to one and run this again."
}

need_maven() {
    if command -v mvn >/dev/null 2>&1; then return 0; fi
    install_packages "Maven" "maven"
    command -v mvn >/dev/null 2>&1 || fail "The installation ended, but mvn is not on the PATH. Add it to the PATH and run this again."
}

package_manager() {
    for manager in apt-get dnf zypper pacman apk brew; do
        if command -v "$manager" >/dev/null 2>&1; then
            echo "$manager"
            return 0
        fi
    done
    echo none
}

# the first name that this system's package manager knows
jdk_packages() {
    case $(package_manager) in
    apt-get)
        for name in openjdk-25-jdk-headless temurin-25-jdk openjdk-25-jdk; do
            if apt-cache show "$name" >/dev/null 2>&1; then
                echo "$name"
                return 0
            fi
        done
        ;;
    dnf | zypper) echo java-25-openjdk-devel ;;
    pacman) echo jdk25-openjdk ;;
    apk) echo openjdk25-jdk ;;
    brew) echo openjdk@25 ;;
    esac
}

# the command that installs the packages $1, with sudo where it takes that
install_command() {
    sudo=
    if [ "$(id -u)" != 0 ] && command -v sudo >/dev/null 2>&1; then sudo="sudo "; fi
    case $(package_manager) in
    apt-get) echo "${sudo}apt-get install -y --no-install-recommends $1" ;;
    dnf) echo "${sudo}dnf install -y $1" ;;
    zypper) echo "${sudo}zypper --non-interactive install $1" ;;
    pacman) echo "${sudo}pacman -S --needed --noconfirm $1" ;;
    apk) echo "${sudo}apk add $1" ;;
    brew) echo "brew install $1" ;;
    esac
}

# what is missing ($1), the packages that hold it ($2, may be empty)
install_packages() {
    command=$(install_command "$2")
    if [ -z "$2" ] || [ -z "$command" ]; then
        by_hand "$1"
    fi
    if [ "$YES" != true ]; then
        if [ ! -t 0 ]; then
            fail "This needs $1, and there is none. Run it again with --yes to install it, or install it yourself:
    $command"
        fi
        printf 'This needs %s, and there is none. Install it now with\n    %s\n[y/N] ' "$1" "$command" >&2
        read -r answer
        case $answer in
        y | Y | yes) ;;
        *) fail "Nothing was installed. Install $1 yourself, or run this again." ;;
        esac
    fi
    say "Installing $1: $command"
    if ! DEBIAN_FRONTEND=noninteractive sh -c "$command" >&2; then
        fail "That failed; what the package manager said is above. Install $1 yourself and run this again."
    fi
}

by_hand() {
    fail "This needs $1, found none, and this system's package manager ($(package_manager)) has none to offer.
Looked at JAVA_HOME (${JAVA_HOME:-not set}), the PATH, /usr/lib/jvm, /opt and ~/.sdkman. Any of these installs it:
    curl -s https://get.sdkman.io | bash && sdk install java 25-tem && sdk install maven
    a package from https://adoptium.net/temurin/releases/?version=$JDK_NEEDED, then: export JAVA_HOME=/where/it/is"
}

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$*"
    exit 1
}
