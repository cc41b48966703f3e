namespace CdBackuper.EndToEnd.Kit;

/// <summary>How the kit takes down what it mounted.</summary>
internal static class FuseServer
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Unmounts, lazily: a reader that a test left behind must not keep the place. Then ends the server. By itself it ends with the last
    /// copy of its mount only, and whoever makes a mount namespace meanwhile (the image's build does) has one, for minutes.
    /// </summary>
    public static void End(RunningProcess server, string path)
    {
        Tool.Run("fusermount3", "-u", "-z", path);
        if (!server.HasExited)
        {
            // It may end between the look and the signal.
            Tool.Run("kill", "-s", "TERM", $"{server.Pid}");
        }

        server.WaitForExit(Limit);
        server.Dispose();
    }
}
