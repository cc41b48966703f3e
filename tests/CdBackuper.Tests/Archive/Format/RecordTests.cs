using System.Text.Json;
using CdBackuper.Archive.Format;
using CdBackuper.Media.Identity;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Verdicts;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Archive.Format;

public sealed class RecordTests
{
    private static readonly ListedEntry Photograph = Shelf.FileAt("Été/a \"b\"\n\\c.jpg", new(2048, 100), new(Extent.Nowhere, 5)) with
    {
        Lost = ByteSet.Of(new ByteRange(3, 4)),
        Sha256 = "ab",
        Mode = 33188,
        RawName = "c9",
    };

    private static readonly ListedEntry Link =
        new() { Path = "l", Kind = EntryKind.SymbolicLink, Target = "../../etc/passwd" };

    private static readonly ListedEntry NameOnly =
        new() { Path = "n", Kind = EntryKind.File, Size = 7, Extents = null, Lost = ByteSet.Of(new ByteRange(0, 7)) };

    [Fact]
    public void A_listing_is_read_as_it_was_written()
    {
        using var shelf = new Shelf();
        var listing = new Listing("ISO 9660", [Shelf.FolderAt("Été"), Photograph, Link, NameOnly], [new("iso.x", 5, "is \"bad\""), new("iso.y", null, "")], 3);
        shelf.Folder.Store(listing, new(DiscCondition.Damaged, listing.Count(), 1, 3, [Photograph], listing.Flaws), [("ff", "disc.iso")]);

        var read = shelf.Folder.LoadListing()!;

        Assert.Equal(listing.Flaws, read.Flaws);
        Assert.Equal((listing.VolumeFormat, 3L, listing.Count()), (read.VolumeFormat, read.UnreadStructureSectors, read.Count()));
        Assert.Equal(listing.Entries.Select(entry => entry with { Extents = null }), read.Entries.Select(entry => entry with { Extents = null }));
        Assert.Equal(listing.Entries.Select(entry => entry.Extents), read.Entries.Select(entry => entry.Extents));
        Assert.Equal(
            [FileCondition.Damaged, FileCondition.Lost], read.Files.Select(entry => entry.Condition));
        Assert.Equal(listing.Entries.Count + 2, File.ReadAllLines(shelf.Folder.In("listing.json")).Length);
        Assert.Equal("\\ab  files/Été/a \"b\"\\n\\\\c.jpg\nff  disc.iso\n", File.ReadAllText(shelf.Folder.ManifestPath));
    }

    [Fact]
    public void An_empty_listing_is_JSON_too_and_has_no_manifest_which_sha256sum_would_refuse()
    {
        using var shelf = new Shelf();
        shelf.Folder.Store(Listing.Empty, new(DiscCondition.Unreadable, Listing.Empty.Count(), 0, 0, [], []), []);
        Assert.Empty(shelf.Folder.LoadListing()!.Entries);
        Assert.False(File.Exists(shelf.Folder.ManifestPath));
        Assert.False(Listing.Empty.IsWhole);
    }

    [Fact]
    public void Status_and_evidence_are_read_as_they_were_written()
    {
        using var shelf = new Shelf();
        var status = new DiscStatus
        {
            Node = "nöde",
            Status = StatusWords.Partial,
            Condition = DiscCondition.UnknownFileSystem,
            Number = "0042",
            Started = Shelf.Now,
            RetryNodes = ["a", "b"],
            Ddrescue = new(5, 99.99, 2),
            Files = new(4, 1, 2, 1, 77),
            IsRetry = true,
            VolumeName = "Été à la mer",
        };
        shelf.Folder.Store(status);
        var read = shelf.Folder.LoadStatus()!;
        Assert.Equal(status.RetryNodes, read.RetryNodes);
        Assert.Equal(status, read with { RetryNodes = status.RetryNodes });
        using var json = JsonDocument.Parse(File.ReadAllText(shelf.Folder.StatusPath));
        Assert.Equal("b", json.RootElement.GetProperty("retry_nodes")[1].GetString());
        Assert.Equal(99.99, json.RootElement.GetProperty("ddrescue").GetProperty("rescued_pct").GetDouble());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("uuid").ValueKind);

        var evidence = new DiscEvidence { Uuid = "u", LengthBytes = 7, Anchors = [new(16, "ab")], Samples = [new(5, "cd"), new(6, "ef")] };
        shelf.Folder.Store(evidence);
        var known = shelf.Folder.LoadEvidence()!;
        Assert.Equal((evidence.Uuid, evidence.LengthBytes, null), (known.Uuid, known.LengthBytes, known.VolumeName));
        Assert.Equal(evidence.Anchors, known.Anchors);
        Assert.Equal(evidence.Samples, known.Samples);
    }

    [Fact]
    public void Evidence_of_sessions_and_tracks_is_read_as_it_was_written()
    {
        using var shelf = new Shelf();
        var evidence = new DiscEvidence
        {
            Tracks = [new(1, 0, true), new(2, 12_345, false)],
            Sessions = [new(0, 228, 20, "ab", 1), new(11_702, 50, null, null, 0)],
            UnreadableSamples = [7, 9],
        };
        shelf.Folder.Store(evidence);
        var known = shelf.Folder.LoadEvidence()!;
        Assert.Equal(evidence.Tracks, known.Tracks);
        Assert.Equal(evidence.Sessions, known.Sessions);
        Assert.Equal(evidence.UnreadableSamples, known.UnreadableSamples);
        Assert.Equal(11_752, known.VolumeEnd);
        Assert.DoesNotContain("\"end\"", File.ReadAllText(shelf.Folder.In("identity.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Evidence_of_before_sessions_were_kept_is_read()
    {
        using var shelf = new Shelf();
        File.WriteAllText(
            shelf.Folder.In("identity.json"),
            """{"uuid":"u","lengthBytes":7,"anchors":[{"sector":16,"sha256":"ab"}],"samples":[{"sector":5,"sha256":"cd"}]}""");
        var known = shelf.Folder.LoadEvidence()!;
        Assert.Equal(("u", 7), (known.Uuid, known.LengthBytes));
        Assert.Equal([new(5, "cd")], known.Samples);
        Assert.Empty(known.Tracks);
        Assert.Empty(known.Sessions);
        Assert.Empty(known.UnreadableSamples);
        Assert.Empty(shelf.Folder.SetAsideCorruptRecords(Shelf.Now));
    }

    [Theory]
    [InlineData("""{"node":"pi","status":"success","uuid":"u","retry_nodes":["pi"],"is_retry":false,"ddrescue":{"rescued":700,"rescued_pct":100,"read_errors":0}}""", "pi", 700)]
    [InlineData("""{"node":"pi","status":"partial","ddrescue":{"rescued":"700","rescued_pct":"99.93","read_errors":"12"}}""", "pi", 700)]
    [InlineData("""{"node":"pi","started":"2021-03-04T05:06:07+01:00","finished":null,"iso":"disc.iso","ddrescue":{}}""", "pi", 0)]
    [InlineData("""{"node":"pi","ddrescue":{"rescued":700},"mounted":true,"extra":{"a":[1]}}""", "pi", 700)]
    [InlineData("{}", "", 0)]
    public void A_status_of_the_predecessor_is_read(string json, string node, long rescued)
    {
        using var shelf = new Shelf();
        File.WriteAllText(shelf.Folder.StatusPath, json);
        var status = shelf.Folder.LoadStatus();
        Assert.Equal((node, rescued), (status?.Node, status?.Ddrescue.Rescued));
        Assert.Empty(shelf.Folder.SetAsideCorruptRecords(Shelf.Now));
        Assert.NotNull(status?.RetryNodes);
    }

    [Theory]
    [InlineData("status.json", "")]
    [InlineData("status.json", "null")]
    [InlineData("status.json", "[]")]
    [InlineData("status.json", "{\"node\":\"pi\"")]
    [InlineData("status.json", "{\"node\":\"pi\"}}")]
    [InlineData("status.json", "{\"retry_nodes\":\"pi\"}")]
    [InlineData("status.json", "{\"retry_nodes\":null}")]
    [InlineData("status.json", "{\"files\":null}")]
    [InlineData("status.json", "{\"condition\":\"splendid\"}")]
    [InlineData("status.json", "{\"ddrescue\":{\"rescued\":\"700 MB\"}}")]
    [InlineData("status.json", "{\"started\":\"yesterday\"}")]
    [InlineData("listing.json", "{}")]
    [InlineData("listing.json", "{\"entries\":null,\"flaws\":[]}")]
    [InlineData("listing.json", "{\"entries\":[null],\"flaws\":[]}")]
    [InlineData("listing.json", "{\"entries\":[{}],\"flaws\":[]}")]
    [InlineData("listing.json", "{\"entries\":[{\"path\":\"a\",\"kind\":\"file\",\"lost\":null}],\"flaws\":[]}")]
    [InlineData("listing.json", "{\"entries\":[{\"path\":null,\"kind\":\"file\"}],\"flaws\":[]}")]
    [InlineData("listing.json", "{\"entries\":[],\"flaws\":[]")]
    [InlineData("identity.json", "{\"anchors\":null}")]
    [InlineData("identity.json", "\0\0\0\0")]
    [InlineData("damage.json", "{\"condition\":\"damaged\",\"cou")]
    [InlineData("damage.json", "")]
    [InlineData("manifest-sha256.txt", "")]
    [InlineData("manifest-sha256.txt", "01234567890123456789")]
    public void A_corrupt_record_is_none_and_is_kept_aside(string name, string text)
    {
        using var shelf = new Shelf();
        File.WriteAllText(shelf.Folder.In(name), text);
        var remark = Assert.Single(shelf.Folder.SetAsideCorruptRecords(Shelf.Now));
        Assert.Contains(name, remark, StringComparison.Ordinal);
        Assert.False(File.Exists(shelf.Folder.In(name)));
        Assert.Equal(text, File.ReadAllText(shelf.Folder.In($"{name}.corrupt-20200102-030405")));
    }

    [Fact]
    public void A_corrupt_attempt_is_kept_aside_and_its_number_not_given_again()
    {
        using var shelf = new Shelf();
        void Append(string node) => shelf.Folder.Append(
            new() { Node = node, Drive = "sr0", Source = "s", Started = Shelf.Now, Finished = Shelf.Now, Outcome = "damaged", Reason = "r" });
        Append("a");
        Append("b");
        File.WriteAllText(shelf.Folder.In("attempts/0001-a-sr0.json"), "{\"node\":\"a\",");

        var remark = Assert.Single(shelf.Folder.SetAsideCorruptRecords(Shelf.Now));
        Append("c");

        Assert.StartsWith("attempts/0001-a-sr0.json can't be read", remark, StringComparison.Ordinal);
        Assert.Equal("{\"node\":\"a\",", File.ReadAllText(shelf.Folder.In("attempts/0001-a-sr0.json.corrupt-20200102-030405")));
        Assert.Equal(["b", "c"], shelf.Folder.LoadAttempts().Select(attempt => attempt.Node));
        Assert.True(File.Exists(shelf.Folder.In("attempts/0003-c-sr0.json")));
    }

    [Fact]
    public void Attempts_are_added_and_never_replaced()
    {
        using var shelf = new Shelf();
        Parallel.For(0, 12, index => shelf.Folder.Append(new()
        {
            Node = "../n ö",
            Drive = "disc.iso",
            Source = "s",
            Started = Shelf.Now,
            Finished = Shelf.Now,
            Outcome = "whole",
            Reason = $"{index}",
        }));
        Assert.Equal(12, shelf.Folder.CountAttempts());
        Assert.All(
            Directory.EnumerateFiles(shelf.Folder.In("attempts")),
            path => Assert.Matches(@"^\d{4}-n_oe-disc\.iso\.json$", Path.GetFileName(path)));
    }
}
