using CdBackuper.Archive.Store;
using CdBackuper.Linux.Processes;

namespace CdBackuper.Rescue;

/// <summary>
/// What blkid and isoinfo say of the disc, for people. Read from the image, where no bad sector can hold them up for
/// minutes and no seek delays the rescue.
/// </summary>
internal static class DiscDumps
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Makes the dumps that are missing or that a better image may improve. A tool that fails leaves its words.</summary>
    public static void Store(DiscFolder folder, CancellationToken cancellationToken)
    {
        // -p: look at the image itself, not at a cache; -o full would leave out what it does not know.
        Store(folder, folder.BlkidPath, new("blkid", ["-p", folder.ImagePath]), cancellationToken);
        Store(folder, folder.IsoinfoPath, new("isoinfo", ["-d", "-i", folder.ImagePath]), cancellationToken);
    }

    private static void Store(DiscFolder folder, string path, ChildCommand command, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        using var output = new MemoryStream();
        Child.Run(command with { Grace = TimeSpan.FromSeconds(1) }, printed => output.Write(printed.Span), limit.Token);
        cancellationToken.ThrowIfCancellationRequested();
        folder.Write(path, System.Text.Encoding.UTF8.GetString(output.ToArray()));
    }
}
