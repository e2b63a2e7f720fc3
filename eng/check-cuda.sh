#!/usr/bin/env bash
# Tries everything that a GPU is used for, against the CPU, and writes one page of results (Markdown).
#
#   eng/check-cuda.sh [--device cuda|cuda:N|cpu] [--report FILE] [--quick] [--no-build]
#
# Needs Linux x64 with an NVIDIA GPU, its driver, and the .NET SDK; the CUDA back end comes from NuGet (some 3 GB). --device cpu tries the
# script itself where there is no GPU. Exit codes: 0 all is right, 1 something is wrong, 2 wrong usage, 77 skipped, since there is no GPU.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

device=cuda report=cuda-check.md quick=() builds=1
while (($# > 0)); do
  case $1 in
    --device) device=${2:?--device needs a name} && shift 2 ;;
    --report) report=${2:?--report needs a file} && shift 2 ;;
    --quick) quick=(--quick) && shift ;;
    --no-build) builds=0 && shift ;;
    *) echo "check-cuda.sh: unknown option $1; see the top of the file" >&2 && exit 2 ;;
  esac
done

if [[ $device != cpu ]] && ! nvidia-smi -L 2>/dev/null | grep -q '^GPU '; then
  echo "check-cuda.sh: skipped: nvidia-smi shows no NVIDIA GPU here; --device cpu tries the script without one"
  exit 77
fi

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 OMP_WAIT_POLICY=PASSIVE
backend=cuda-linux
[[ $device != cpu ]] || backend=cpu
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
rows=()
wrong=0

# Runs a step, keeps its output, and notes a line of the page.
step() {
  local name=$1
  shift
  echo "== $name"
  if "$@" </dev/null >"$work/log" 2>&1; then
    rows+=("| $name | ok |")
  else
    rows+=("| $name | WRONG (exit code $?) |")
    wrong=1
    tail -n 40 "$work/log"
  fi
}

run() { dotnet run -c Release --no-build -p:TorchBackend=$backend --project "$@"; }
resnet() { run src/ResNet.Cli -- "$@"; }

train() { resnet train --arch resnet20-cifar --device "$device" --iterations 200 --checkpoint-iterations 20 --seed 3 --output "$work/run" "$@"; }

# Ended by the system in the middle, as by a power cut: the program hears nothing of it.
kill_in_the_middle() {
  setsid bash -c "$(declare -f run resnet train); device=$device backend=$backend work=$work; train" </dev/null &
  local group=$!
  for _ in $(seq 1200); do
    compgen -G "$work/run/checkpoints/iteration-*[1-9]*" >/dev/null && break
    sleep 0.5
    kill -0 "$group" 2>/dev/null || break
  done
  compgen -G "$work/run/checkpoints/iteration-*[1-9]*" || return 1
  kill -KILL -- "-$group"
  wait "$group" 2>/dev/null
  # 128 and the signal's number: it had not ended by itself.
  (($? == 137))
}

resume() { resnet train --resume "$work/run" && compgen -G "$work/run/checkpoints/iteration-*200.safetensors"; }

if ((builds)); then
  step "build with the back end $backend" bash -c "dotnet build src/ResNet.Cli -c Release -p:TorchBackend=$backend && dotnet build benchmarks -c Release -p:TorchBackend=$backend"
  ((!wrong)) || exit 1
fi

step "doctor" resnet doctor
step "a training that is killed in the middle leaves a checkpoint" kill_in_the_middle
step "and goes on from it to its end" resume
step "its network classifies on $device" bash -c "$(declare -f run resnet); device=$device backend=$backend; resnet classify --device $device --weights '$work/run/best.safetensors' '$work'/run/pictures/*.png"
step "device against CPU" run benchmarks -- device --device "$device" --report "$work/page.md" "${quick[@]}"

{
  cat "$work/page.md" 2>/dev/null || echo "# Checks on $device"
  printf '\n## The program\n\n| step | |\n| --- | --- |\n'
  printf '%s\n' "${rows[@]}"
} >"$report"
echo "The results are in $report."
((wrong)) && echo "Something is wrong." || echo "All is right."
exit $wrong
