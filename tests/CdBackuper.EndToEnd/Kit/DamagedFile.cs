namespace CdBackuper.EndToEnd.Kit;

/// <summary>A file that behaves like a drive: its bad sectors answer EIO, or it is slow. Mounted by nbdfuse.</summary>
internal sealed class DamagedFile : IDisposable
{
    private static readonly Lazy<string?> Missing = new(FindMissing);
    private readonly RunningProcess server;

    private DamagedFile(string path, params IEnumerable<string> nbdkit)
    {
        Assert.SkipWhen(Missing.Value is not null, Missing.Value ?? "");
        Path = path;
        File.WriteAllText(path, "");
        server = new("nbdfuse", [path, "--command", "nbdkit", "-s", .. nbdkit]);
        try
        {
            Until.True(() => new FileInfo(path).Length > 0, 10, () => $"{path} is not mounted: {server.Error}");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Path { get; }

    /// <param name="path">Where the file appears.</param>
    /// <param name="image">The good image behind it.</param>
    /// <param name="map">A mapfile: sectors that it calls bad answer EIO.</param>
    public static DamagedFile WithBadSectors(string path, string image, string map) =>
        new(path, "--filter=ddrescue", "file", image, $"ddrescue-mapfile={map}");

    /// <param name="path">Where the file appears.</param>
    /// <param name="image">The good image behind it.</param>
    /// <param name="bitsPerSecond">In nbdkit's words: <c>8M</c> is one megabyte a second.</param>
    public static DamagedFile Slow(string path, string image, string bitsPerSecond) =>
        new(path, "--filter=rate", "file", image, $"rate={bitsPerSecond}");

    /// <param name="path">Where the file appears.</param>
    /// <param name="image">The good image behind it.</param>
    /// <param name="map">A mapfile: sectors that it calls bad answer EIO.</param>
    /// <param name="milliseconds">So long each read takes, however much it reads.</param>
    public static DamagedFile SlowWithBadSectors(string path, string image, string map, int milliseconds) =>
        new(path, "--filter=delay", "--filter=ddrescue", "file", image, $"ddrescue-mapfile={map}", $"delay-read={milliseconds}ms");

    public void Dispose() => FuseServer.End(server, Path);

    private static string? FindMissing() =>
        !File.Exists("/dev/fuse") ? "/dev/fuse is missing: no read errors can be made here"
        : !Tool.Exists("nbdfuse") || !Tool.Exists("nbdkit") ? "nbdfuse (libnbd-bin) or nbdkit is missing"
        : null;
}
