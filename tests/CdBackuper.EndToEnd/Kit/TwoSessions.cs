namespace CdBackuper.EndToEnd.Kit;

/// <summary>One disc of two sessions, the second without two files of the first: genisoimage with real addresses.</summary>
internal sealed record TwoSessions(string Path, DiscImage First, SortedDictionary<string, string> Expected)
{
    /// <summary>Where the second session begins: behind the first, with the gap that a CD has there.</summary>
    private const long GapSectors = 11_400;

    /// <summary>The sectors between the sessions, which no drive reads.</summary>
    public IEnumerable<long> Gap => Enumerable.Range(0, (int)GapSectors).Select(index => (First.Length / 2048) + index);

    public static TwoSessions Make(TempFolder folder)
    {
        var first = DiscImage.Make(folder["first.iso"], "SESSIONS", new SourceFiles(1)
            .Add("kept.jpg", 700_000).Add("holiday/deleted.jpg", 50_001).Add("holiday/changed.jpg", 30_003));

        // The second session refers to the first one's sectors for what stays (-M), and leaves out what is deleted.
        var start = (first.Length / 2048) + GapSectors;
        var source = new SourceFiles(2).Add("holiday/changed.jpg", 40_000).Add("new.jpg", 20_000)
            .WriteTo(folder["second.source"]);
        File.Copy(first.SourceOf("kept.jpg"), System.IO.Path.Combine(source, "kept.jpg"));
        Tool.Output("genisoimage", "-quiet", "-R", "-J", "-V", "SESSIONS", "-C", $"0,{start}", "-o", folder["second.iso"], source);
        var path = folder["both.iso"];
        File.Copy(first.Path, path);
        using (var disc = File.OpenWrite(path))
        using (var second = File.OpenRead(folder["second.iso"]))
        {
            disc.Position = start * 2048;
            second.CopyTo(disc);
        }

        var expected = FileHashes.Below(source);
        expected["_session-1/holiday/deleted.jpg"] = first.Hashes["holiday/deleted.jpg"];
        expected["_session-1/holiday/changed.jpg"] = first.Hashes["holiday/changed.jpg"];
        return new(path, first, expected);
    }
}
