using k8s;
using k8s.Models;

namespace CdBackuper.Rig.Kit;

/// <summary>
/// The program as the DaemonSet's pods run it: user, groups, settings and arguments are those of the rendered manifest; namespaces of
/// its own for mounts, network and processes; no capabilities; the root read-only; only the drives that it was given; the archive's
/// export at /data; empty folders for state and /tmp. A kubelet's seccomp filter and device cgroup are not here.
/// </summary>
internal sealed class Pod : IDisposable
{
    private const int LimitSeconds = 900;

    /// <summary>For a look at it: what answers is compiled by an emulated processor.</summary>
    private const int LookSeconds = 20;

    private const string Script = """
        set -e
        inner() {
          mount --make-rprivate /
          ip link set lo up
          mount -t sysfs -o ro sysfs /sys
          mkdir -p /run/pod-dev && mount -t tmpfs -o mode=755 tmpfs /run/pod-dev
          for each in null zero full random urandom; do cp -a /dev/$each /run/pod-dev/; done
          cp -a $DRIVES /run/pod-dev/
          ln -s /proc/self/fd /run/pod-dev/fd
          mount --move /run/pod-dev /dev
          mount --bind "$VOLUME" /data
          mount -t tmpfs -o mode=1777 tmpfs /tmp
          mount -t tmpfs -o mode=777 tmpfs /var/lib/cdbackuper
          umount -l /rig
          for each in / /scratch /run; do mount -o remount,bind,ro $each; done
          cd /var/lib/cdbackuper
          exec setpriv --reuid "$OWNER" --regid "$OWNER_GROUP" --groups "$MORE_GROUPS" --inh-caps=-all --ambient-caps=-all \
            --bounding-set=-all --no-new-privs env -i PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@"
        }
        mkdir -p /var/lib/cdbackuper
        export DRIVES VOLUME OWNER OWNER_GROUP MORE_GROUPS
        export -f inner
        unshare --mount --net --pid --fork --kill-child --mount-proc bash -c 'set -e; inner "$@"' pod "${program[@]}" &
        unshared=$!
        until pgrep -P $unshared >"$mark.new"; do sleep 0.1; done
        mv "$mark.new" "$mark"
        wait $unshared
        """;

    private static int started;

    private readonly string mark;
    private readonly GuestProcess process;

    private Pod(string mark, GuestProcess process) => (this.mark, this.process) = (mark, process);

    public string Said => process.Said;

    /// <summary>What the kernel says of the process: capabilities, groups, ...</summary>
    public string Status => Machine.Guest($"cat /proc/$(cat {mark})/status");

    public string Mounts => Machine.Guest($"cat /proc/$(cat {mark})/mountinfo");

    /// <param name="bench">The test's place; its archive is the pod's volume.</param>
    /// <param name="node">The node's name.</param>
    /// <param name="drives">The drives that the device plugin would give it.</param>
    /// <param name="settings">Settings other than the manifest's: NAME=VALUE.</param>
    public static Pod Start(Bench bench, string node, IReadOnlyList<Drive> drives, params IEnumerable<string> settings)
    {
        Assert.SkipUnless(Tool.Exists("kubectl") || Tool.Exists("kustomize"), "neither kubectl nor kustomize is here");
        var objects = KubernetesYaml.LoadAllFromString(
            Tool.Run(Path.Combine(Repository.Root, "deploy/render.sh"), "-o", "-", "device-plugin").Expect(0).Out);
        var pod = objects.OfType<V1DaemonSet>().Single(set => set.Metadata.Name == "cd-importer").Spec.Template.Spec;
        var container = Assert.Single(pod.Containers);
        var maps = objects.OfType<V1ConfigMap>().ToDictionary(map => map.Metadata.Name);
        var words = container.EnvFrom.SelectMany(source => maps[source.ConfigMapRef.Name].Data.Select(pair => $"{pair.Key}={pair.Value}"))
            .Concat(container.Env.Where(each => each.Value is not null).Select(each => $"{each.Name}={each.Value}"))
            .Concat([$"NODE_NAME={node}", .. settings, "/scratch/program/cdbackuper", .. container.Args]);
        var context = pod.SecurityContext;
        var groups = string.Join(',', context.SupplementalGroups);

        // The export as docs/kubernetes.md has it: the group's, with the setgid bit.
        Machine.Guest($"[ -d {bench.Archive} ] || install -d -m 2775 -g {context.SupplementalGroups[^1]} {bench.Archive}");
        var mark = $"/run/nodes/{bench.Name}-pod-{Interlocked.Increment(ref started)}";
        var script = $"""
            mark={mark} VOLUME={bench.Archive} DRIVES='{string.Join(' ', drives.Select(drive => drive.Path))}'
            OWNER={context.RunAsUser} OWNER_GROUP={context.RunAsGroup} MORE_GROUPS={groups}
            program=({string.Join(' ', words.Select(word => $"'{word}'"))})
            {Script}
            """;
        return new(mark, bench.Own(new(Machine.StartGuest(script, LimitSeconds), mark)));
    }

    public Pod MustSay(string pattern)
    {
        process.MustSay(pattern, limitSeconds: 300);
        return this;
    }

    /// <summary>What it answers over HTTP, in its own network; an error where it does not within the limit.</summary>
    public string Get(string path, int limitSeconds = LookSeconds) => Machine.Guest(Asking(path, limitSeconds));

    /// <returns>The same; null where it does not answer.</returns>
    public string? TryGet(string path) => Machine.Guest($"{Asking(path)} || true") is { Length: > 0 } answer ? answer : null;

    /// <summary>Ends it as a kubelet does that has the time.</summary>
    public ToolResult Stop(int limitSeconds) => process.Stop(limitSeconds);

    public void Signal(string name) => process.Signal(name);

    public ToolResult WaitForExit(int limitSeconds) => process.WaitForExit(TimeSpan.FromSeconds(limitSeconds));

    public void Dispose() => process.Dispose();

    private string Asking(string path, int limitSeconds = LookSeconds) => $"nsenter -t $(cat {mark}) -n curl -sS --fail --max-time {limitSeconds} http://127.0.0.1:8080{path}";
}
