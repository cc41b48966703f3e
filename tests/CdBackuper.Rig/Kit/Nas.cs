namespace CdBackuper.Rig.Kit;

/// <summary>The guest's NFS 4.2 server, mounted at /data. Who stops it stops it for all: its tests are one collection.</summary>
internal static class Nas
{
    /// <summary>The tests that take turns.</summary>
    public const string Turns = "nas";

    /// <summary>
    /// Mounts it, once in the machine. Debian's server asks its own list of users for a caller's groups instead of taking the caller's
    /// word; that is switched off, as docs/kubernetes.md asks for.
    /// </summary>
    public static void Mount()
    {
        Machine.Need();
        Machine.Guest("mountpoint -q /data || { sed -i s/^manage-gids=y/manage-gids=n/ /etc/nfs.conf && rig-nfs start >/dev/null; }");
    }

    /// <summary>The server answers nobody for so long; something may be looked at meanwhile. It answers again whatever happens.</summary>
    public static void StandStill(TimeSpan time, Action look)
    {
        Machine.Guest("rig-nfs freeze");
        try
        {
            TestContext.Current.CancellationToken.WaitHandle.WaitOne(time);
            look();
        }
        finally
        {
            Machine.Guest("rig-nfs thaw");
        }
    }
}
