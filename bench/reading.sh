# shellcheck shell=bash
# Sourced by bench/run: what reading file systems costs, and what comes out of it, beside public tools.

# The corpus of images, which may be absent; CDBACKUPER_SHARED says where it lies, as for the tests.
corpus=${CDBACKUPER_SHARED:-$root/../shared}/corpus

# unpack_corpus PATH...: those files or folders of the corpus, below $work/images; false where there is no corpus.
unpack_corpus() {
  [[ -e $corpus/corpus-dev.tar.zst ]] || return 1
  need zstd=zstd
  tar --zstd -xSf "$corpus/corpus-dev.tar.zst" -C "$work" "$@"
}

# make_names COUNT FOLDERS: empty files below $work/names
make_names() {
  local number
  for ((number = 0; number < $1; number++)); do
    printf '%s/names/%05d/FILE%06d.TXT\0' "$work" $((number % $2)) "$number"
  done >"$work/wanted"
  mkdir "$work/names"
  (cd "$work/names" && seq -f %05.0f 0 $(($2 - 1)) | xargs mkdir)
  xargs -0 touch <"$work/wanted"
}

# list_image NAME COUNT FOLDERS: $image is the corpus' image of that name, or one made here.
list_image() {
  image=$work/images/synth/$1
  if ! unpack_corpus "images/synth/$1"; then
    image=$work/$1
    make_names "$2" "$3"
    [[ $1 != *multiextent* ]] || truncate -s 4400M "$work/names/large.bin"
    xorriso -as mkisofs -quiet -iso-level 3 -R -J -o "$image" "$work/names" 2>>"$work/details"
    rm -rf "$work/names"
  fi
}

# timed_list NAME COMMAND...: adds a figure. isoinfo and 7z may complain of names; only the time counts.
timed_list() {
  local name=$1 start
  shift
  start=$EPOCHREALTIME
  "$@" >/dev/null 2>>"$work/details" || echo "$name said $? about $image" >&2
  printf '%s\t%s\n' "$name" "$(seconds_since "$start")" >>"$work/figures"
}

# list_kind TITLE NAME COUNT FOLDERS: the tool that begins a round changes from round to round.
list_kind() {
  local title=$1 round turn
  shift
  list_image "$@"
  rm -f "$work/figures"
  # Into memory: the directories, which is all that a listing reads.
  bsdtar -tf "$image" >/dev/null 2>>"$work/details"
  for ((round = 0; round < ${ROUNDS:-5}; round++)); do
    for ((turn = 0; turn < 5; turn++)); do
      case $(((round + turn) % 5)) in
        0) timed_list "bsdtar -tf" bsdtar -tf "$image" ;;
        1) timed_list "isoinfo -l" isoinfo -l -i "$image" ;;
        2) timed_list "7z l" "$sevenzip" l "$image" ;;
        3) timed_list "cdbackuper list --files, whole process" "$program" list --files "$image" ;;
        4) printf 'cdbackuper, the reader inside a warm process\t%s\n' "$("$bench" read "$image")" >>"$work/figures" ;;
      esac
    done
  done
  printf '\n%s\n\n' "$title"
  "$bench" table "$work/figures" "bsdtar -tf"
  rm -rf "$work/images" "$image"
}

list() {
  list_kind "100,000 files in one folder" rr-joliet-100000-files.iso 100000 1
  list_kind "12,000 folders" rr-joliet-12000-dirs.iso 12000 12000
  list_kind "4.3 GiB, a file of several extents" iso3-multiextent-4.3GiB-xorriso.iso 10 1
}

# make_udf IMAGE: genisoimage's bridge disc without its ISO side: UDF 1.02 alone, its recognition sequence moved to
# sector 16, where one begins (ECMA-167 2/8.3).
make_udf() {
  local first
  genisoimage -quiet -udf -V BENCH_udf -o "$1" "$work/source"
  first=$(($(grep -abo -m 1 BEA01 < <(head -c 1M "$1") | cut -d: -f1) / 2048))
  dd if="$1" of="$work/recognition" bs=2048 skip="$first" count=3 status=none
  dd if=/dev/zero of="$1" bs=2048 seek=16 count=$((first + 3 - 16)) conv=notrunc status=none
  dd if="$work/recognition" of="$1" bs=2048 seek=16 conv=notrunc status=none
  rm -rf "$work/source"
}

# udf_kind TITLE COUNT MEAN FOLDERS
udf_kind() {
  local round
  image=$work/udf.iso
  "$bench" files "$work/source" "$2" "$3" "$4"
  make_udf "$image"
  rm -f "$work/figures" "$work/details"
  for ((round = 0; round < ${ROUNDS:-5}; round++)); do
    timed "7z x" theirs 7z none nosync
    timed "7z x + openssl" theirs 7z openssl nosync
    timed "cdbackuper, whole process" ours nosync
    same_hashes
    printf '%s\t%s\n' "cdbackuper, inside the process" "$(<"$work/inside")" >>"$work/figures"
  done
  printf '\n%s\n\n' "$1"
  "$bench" table "$work/figures" "7z x + openssl"
  rm -rf "$work"/out* "$image"
}

udf() {
  udf_kind "UDF 1.02, 150 files of 2 MB" 150 2000000 3
  udf_kind "UDF 1.02, 5,000 files of 16 KiB in 50 folders" 5000 16384 50
}

readers() {
  if ! unpack_corpus images; then
    echo "There is no $corpus/corpus-dev.tar.zst: nothing to compare readers over." >&2
    return
  fi
  printf '\nImages that readers get right, by kind\n\n'
  "$bench" readers "$corpus" "$work/images"
  rm -rf "$work/images"
}
