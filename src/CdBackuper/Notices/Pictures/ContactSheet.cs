using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Linux.Processes;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Verdicts;

namespace CdBackuper.Notices.Pictures;

/// <summary>
/// Draws a dozen of a disc's photographs on one sheet. What decodes them is libjpeg-turbo's djpeg, a process of its own with bounds on memory and
/// time: a hostile file costs its tile. Pixels alone go on, so that no place or name that a camera noted does.
/// </summary>
internal static class ContactSheet
{
    /// <summary>The programs that it takes; Debian has them in libjpeg-turbo-progs.</summary>
    public static IReadOnlyList<string> Programs { get; } = ["djpeg", "cjpeg"];

    public const int Columns = 4;
    public const int Rows = 3;
    public const int TileWidth = 240;
    public const int TileHeight = 180;

    private const int Gap = 4;
    private const int MaxFileBytes = 64 << 20;
    private const int HeadBytes = 1 << 20;

    /// <summary>A camera's picture; a file that claims more is left out before anything is decoded.</summary>
    private const long MaxPixels = 200_000_000;

    /// <summary>What is decoded of it, at a part of its size: twice a tile's, and what an eighth of the largest has.</summary>
    private const int MaxDecodedPixels = 4_000_000;

    private static readonly TimeSpan OneFile = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AllFiles = TimeSpan.FromSeconds(60);

    /// <returns>The sheet; null where the disc has no photograph that can be shown, a program is missing, or there was no time.</returns>
    public static NoticePicture? TryDraw(DiscFolder folder, Listing listing, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AllFiles);
        try
        {
            if (Programs.Any(program => Child.FindProgram(program) is null))
            {
                return null;
            }

            var place = Directory.CreateTempSubdirectory("cdbackuper-sheet-").FullName;
            try
            {
                var tiles = Choose(listing).Select(file => TryDecode(Path.Combine(folder.FilesPath, file.Path), place, limit.Token))
                    .OfType<RgbPicture>().Take(Columns * Rows).ToArray();
                return tiles.Length == 0 ? null : Encode(Compose(tiles), place, limit.Token);
            }
            finally
            {
                Directory.Delete(place, recursive: true);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // No room for temporary files, or no process to be had: the notice goes without.
            return null;
        }
    }

    /// <returns>Photographs from the whole disc, twice as many as there is room for, since some may be no JPEG.</returns>
    public static IEnumerable<ListedEntry> Choose(Listing listing)
    {
        var all = listing.Files.Where(file => file is { Sha256: not null, Condition: FileCondition.Perfect, Size: > 0 and <= MaxFileBytes }
            && FileWorths.Of(file.Path) == FileWorth.Photograph).ToArray();
        var count = Math.Min(all.Length, 2 * Columns * Rows);

        // Every second one first, so that half of them is spread over the disc too.
        var order = Enumerable.Range(0, count).Where(index => index % 2 == 0).Concat(Enumerable.Range(0, count).Where(index => index % 2 == 1));
        return order.Select(index => all[(int)((long)index * all.Length / count)]);
    }

    /// <summary>The sheet with its tiles, in rows.</summary>
    public static RgbPicture Compose(IReadOnlyList<RgbPicture> tiles)
    {
        var rows = (tiles.Count + Columns - 1) / Columns;
        var sheet = new RgbPicture((Columns * (TileWidth + Gap)) - Gap, (rows * (TileHeight + Gap)) - Gap);
        for (var index = 0; index < tiles.Count; index++)
        {
            sheet.Draw(tiles[index], index % Columns * (TileWidth + Gap), index / Columns * (TileHeight + Gap), TileWidth, TileHeight);
        }

        return sheet;
    }

    /// <returns>The picture, upright and at a part of its size; null for what is no JPEG, claims too much, or takes too long.</returns>
    public static RgbPicture? TryDecode(string path, string place, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested || !TryReadHead(path, out var head) || (long)head.Width * head.Height > MaxPixels)
        {
            return null;
        }

        // djpeg scales by eighths while it decodes, which costs a fraction of decoding all.
        var eighths = 1;
        while (eighths < 8 && (head.Width * eighths / 8 < TileWidth || head.Height * eighths / 8 < TileHeight))
        {
            eighths++;
        }

        var output = Path.Combine(place, "tile.ppm");
        string[] arguments = ["-rgb", "-pnm", "-scale", $"{eighths}/8", "-maxmemory", "200000", "-maxscans", "100", "-outfile", output, path];
        return Run("djpeg", arguments, cancellationToken) && new FileInfo(output).Length <= (3L * MaxDecodedPixels) + 64
            ? RgbPicture.TryParse(File.ReadAllBytes(output), MaxDecodedPixels)?.Turned(head.Orientation) : null;
    }

    private static bool TryReadHead(string path, out JpegHead head)
    {
        try
        {
            using var file = File.OpenHandle(path);
            var bytes = new byte[Math.Min(HeadBytes, RandomAccess.GetLength(file))];
            return JpegHead.TryRead(bytes.AsSpan(0, FileBytes.Read(file, 0, bytes)), out head);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            head = default; // one photograph that the storage does not give costs its tile alone
            return false;
        }
    }

    private static NoticePicture? Encode(RgbPicture sheet, string place, CancellationToken cancellationToken)
    {
        var (input, output) = (Path.Combine(place, "sheet.ppm"), Path.Combine(place, "sheet.jpg"));
        File.WriteAllBytes(input, sheet.ToFile());
        return Run("cjpeg", ["-quality", "80", "-optimize", "-outfile", output, input], cancellationToken)
            ? new("sheet.jpg", File.ReadAllBytes(output), "Some of the disc's photographs.") : null;
    }

    private static bool Run(string program, string[] arguments, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(OneFile);

        // 2 is a warning: a picture that breaks off is shown as far as it goes.
        return Child.Run(new(program, arguments) { Grace = TimeSpan.Zero }, null, limit.Token) is { ExitCode: 0 or 2, WasCancelled: false };
    }
}
