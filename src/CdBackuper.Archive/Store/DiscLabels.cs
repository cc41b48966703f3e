using System.Globalization;
using System.Text.Json;
using CdBackuper.Archive.Format;

namespace CdBackuper.Archive.Store;

/// <summary>
/// A disc's labels: label.txt has the newest, <c>labels/</c> all that were ever given, one file each. Anybody may give one at any time, on
/// any node: what was given is recorded first, then label.txt becomes what the newest record says, so that a crash between the two, a
/// second try, and two people at once come out the same.
/// </summary>
public sealed class DiscLabels(DiscFolder folder)
{
    private const string Suffix = ".json";
    private const long MaxBytes = 1 << 16;

    /// <summary>How often label.txt is brought up to what others record in the same moment.</summary>
    private const int MaxRounds = 10;

    private string Place { get; } = folder.In("labels");

    /// <summary>Gives a label, durably. Giving one of the same time and key again changes nothing.</summary>
    /// <param name="given">The label, who gave it, and when.</param>
    /// <param name="key">What tells it from others of its time: a reply's id, or anything of letters and digits.</param>
    /// <returns>What was before it, and whether it is what label.txt says now.</returns>
    /// <exception cref="ArchiveException">The folder is gone, or holds a link where a label belongs.</exception>
    /// <exception cref="IOException">It could not be written.</exception>
    public GivenLabel Give(LabelRecord given, string key)
    {
        ArgumentNullException.ThrowIfNull(given);
        EnsureSound();
        Directory.CreateDirectory(Place);
        KeepForeign();
        var name = NameOf(given.Given, key);
        folder.Root.Files.TryCreate(name, Print(given));
        Settle();
        var paths = Paths();
        var before = paths.LastOrDefault(path => string.CompareOrdinal(path, name) < 0);
        return new(before is null ? null : Load(before)?.Label, paths[^1] == name);
    }

    /// <returns>All labels that were given, the newest last; those that can't be read are left out.</returns>
    public IReadOnlyList<LabelRecord> History() => [.. Paths().Select(Load).OfType<LabelRecord>()];

    /// <returns>A time for a label that is given now by hand: later than any that is there, however clocks differ.</returns>
    public DateTimeOffset Now(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var (now, newest) = (clock.GetUtcNow(), Newest()?.Given ?? DateTimeOffset.MinValue);
        return now > newest ? now : newest.AddMilliseconds(1);
    }

    private void EnsureSound()
    {
        if (!folder.LooksLikeDisc)
        {
            throw new ArchiveException($"The archive has no disc {folder.Name} any more.", "cdbackuper list shows all discs.");
        }

        foreach (var path in new[] { folder.Path, folder.LabelPath, Place })
        {
            // A link leads anywhere. Whoever made one did not mean the program to write through it.
            if (new FileInfo(path).LinkTarget is not null)
            {
                throw new ArchiveException($"{path} is a symbolic link; no label is written there.", "Put a real file or folder in its place.");
            }
        }
    }

    /// <summary>What a person or the predecessor wrote into label.txt stays known when it is replaced.</summary>
    private void KeepForeign()
    {
        // The newest record nearly always says it; only where it does not are the others read.
        if (folder.LoadLabel() is not { } label || Newest()?.Label == label || History().Any(record => record.Label == label))
        {
            return;
        }

        var written = new DateTimeOffset(File.GetLastWriteTimeUtc(folder.LabelPath));
        folder.Root.Files.TryCreate(NameOf(written, "file"), Print(new() { Label = label, Given = written, Source = "file" }));
    }

    private void Settle()
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            if (Newest() is not { } newest || newest.Label == folder.LoadLabel())
            {
                return;
            }

            // Asked again after it was written: another one may have been recorded meanwhile.
            folder.StoreLabel(newest.Label);
        }
    }

    private LabelRecord? Newest() => Paths().Reverse().Select(Load).FirstOrDefault(record => record is not null);

    private IReadOnlyList<string> Paths() => !Directory.Exists(Place) ? [] :
        [.. Directory.EnumerateFiles(Place, "*" + Suffix).Order(StringComparer.Ordinal)];

    private string NameOf(DateTimeOffset time, string key)
    {
        if (key.Length == 0 || !key.All(char.IsAsciiLetterOrDigit))
        {
            throw new ArgumentException("A key is made of letters and digits.", nameof(key));
        }

        var stamp = time.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
        return Path.Combine(Place, $"{stamp}-{key}{Suffix}");
    }

    private static string Print(LabelRecord record) => JsonSerializer.Serialize(record, ArchiveJson.Camel.LabelRecord) + "\n";

    private static LabelRecord? Load(string path) => RecordFile.Load(path, ArchiveJson.Camel.LabelRecord, MaxBytes);
}
