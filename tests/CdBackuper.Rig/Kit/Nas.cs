using System.Diagnostics;

namespace CdBackuper.Rig.Kit;

/// <summary>The guest's NFS 4.2 server, mounted at /data. Who stops it stops it for all: its tests are one collection.</summary>
internal static class Nas
{
    /// <summary>The tests that take turns.</summary>
    public const string Turns = "nas";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Mounts it, once in the machine. Debian's server asks its own list of users for a caller's groups instead of taking the caller's
    /// word; that is switched off, as docs/kubernetes.md asks for.
    /// </summary>
    public static void Mount()
    {
        Machine.Need();
        Machine.Guest("mountpoint -q /data || { sed -i s/^manage-gids=y/manage-gids=n/ /etc/nfs.conf && rig-nfs start >/dev/null; }");
    }

    /// <summary>
    /// The server answers nobody for so long; something is looked at meanwhile, at once and every 10 s, as a kubelet's probes do.
    /// It answers again whatever happens.
    /// </summary>
    public static void StandStill(TimeSpan time, Action look) => WhileFrozen(() =>
    {
        var since = Stopwatch.StartNew();
        do
        {
            look();
            TestContext.Current.CancellationToken.WaitHandle.WaitOne(BetweenLooks);
        }
        while (since.Elapsed < time);
        look();
    });

    /// <summary>Does something while the server answers nobody. It answers again whatever happens.</summary>
    public static void WhileFrozen(Action action)
    {
        Machine.Guest("rig-nfs freeze");
        try
        {
            action();
        }
        finally
        {
            Machine.Guest("rig-nfs thaw");
        }
    }
}
