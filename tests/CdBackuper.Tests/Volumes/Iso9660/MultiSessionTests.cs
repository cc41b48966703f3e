using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes.Corpus;

namespace CdBackuper.Tests.Volumes.Iso9660;

/// <summary>Discs of several sessions by genisoimage and xorriso; xorriso, told where a session begins, is the judge.</summary>
public sealed partial class MultiSessionTests
{
    [Theory]
    [InlineData(0)] // overwritable media: the next block of 16 sectors
    [InlineData(11_400)] // CD: lead-out and lead-in of the first session
    [InlineData(6_900)]
    public void Sessions_of_genisoimage_are_found_in_the_image(int gap)
    {
        using var folder = new TempFolder();
        var starts = Grow(folder, gap, sessions: 3);
        using var image = new ImageFile(folder["disc.iso"]);
        var volumes = VolumeReader.ReadAll(image);

        Assert.Equal(starts, volumes.Select(volume => volume.SessionStart));
        Assert.Equal(["S0", "S1", "S2"], volumes.Select(volume => volume.VolumeName));
        Assert.All(volumes, volume => Assert.Empty(volume.Damages));
        AssertJudged(folder["disc.iso"], image, volumes);
    }

    [Fact]
    public void The_table_of_contents_says_where_sessions_begin()
    {
        using var folder = new TempFolder();
        var starts = Grow(folder, gap: 3000, sessions: 2);
        using var image = new ImageFile(folder["disc.iso"]);

        Assert.Equal(starts, VolumeReader.ReadAll(image).Select(volume => volume.SessionStart));
        Assert.Single(VolumeReader.ReadAll(image, new() { TrackStarts = [0], IsDrive = true }));
        var volumes = VolumeReader.ReadAll(image, new() { TrackStarts = [starts[1], 0, starts[1]] });
        Assert.Equal(starts, volumes.Select(volume => volume.SessionStart));
        Assert.Equal([starts[1]], VolumeReader.ReadAll(image, new() { TrackStarts = [starts[1]] }).Select(volume => volume.SessionStart));
    }

    [Theory]
    [InlineData(3000)] // a drive that invents one track for a DVD
    [InlineData(49_152)] // the longest border of a DVD-R
    public void In_an_image_a_table_of_contents_with_one_track_and_an_unread_gap_hide_no_session(int gap)
    {
        using var folder = new TempFolder();
        var start = Grow(folder, gap, sessions: 2)[1];
        using var image = new ImageFile(folder["disc.iso"]);
        Assert.Equal([0, start], VolumeReader.ReadAll(image, new() { TrackStarts = [0] }).Select(volume => volume.SessionStart));

        var rest = ByteSet.Of(new ByteRange(0, 2 << 20), new ByteRange(start * 2048, new FileInfo(folder["disc.iso"]).Length - (start * 2048)));
        var volumes = VolumeReader.ReadAll(new DamagedSectors(image, rest));
        Assert.Equal([0, start], volumes.Select(volume => volume.SessionStart));
    }

    [Fact]
    public void A_session_that_the_drive_tells_of_is_read_though_no_track_begins_there()
    {
        using var folder = new TempFolder();
        var starts = Grow(folder, gap: 3000, sessions: 2);
        using var image = new ImageFile(folder["disc.iso"]);
        var volumes = VolumeReader.ReadAll(image, new() { TrackStarts = [0], LaterSessions = [starts[1]], IsDrive = true });
        Assert.Equal(starts, volumes.Select(volume => volume.SessionStart));
    }

    [Fact]
    public void An_image_with_the_pre_gap_before_its_first_sector_is_read()
    {
        var disc = new ScratchedDisc([.. new byte[150 * 2048], .. MadeDisc.Make("-R").Bytes]);
        var volume = disc.Read();
        Assert.Equal("picture one", disc.Text(volume.Entry("bild eins.jpg")));
        Assert.False(volume.IsIncomplete);
    }

    [Theory]
    [InlineData(11_400)]
    [InlineData(0)]
    [InlineData(5000)] // where no session is due
    public void A_session_whose_head_is_lost_is_missed(int gap)
    {
        using var folder = new TempFolder();
        var start = Grow(folder, gap, sessions: 2)[1];
        var disc = new ScratchedDisc(File.ReadAllBytes(folder["disc.iso"]));
        var root = BitConverter.ToInt32(disc.Bytes, (int)((start + 16) * 2048) + 158);
        Assert.Equal([0, start], VolumeReader.ReadAll(disc).Select(volume => volume.SessionStart));

        var names = VolumeReader.ReadAll(disc)[1].Entries.Select(entry => entry.Name).ToArray();
        Assert.NotEmpty(names);

        // its first descriptor, its root, all that fails with either
        foreach (var lost in (long[][])[[start + 16], [root], [.. Enumerable.Range((int)start, 24).Select(sector => (long)sector)]])
        {
            var volumes = VolumeReader.ReadAll(new ScratchedDisc(disc.Bytes).Without(lost));
            Assert.True(
                volumes.Any(volume => lost.Any(sector => volume.Structures.Contains(ByteRange.OfSectors(sector, 1)))),
                $"sectors {string.Join(", ", lost)} behind {gap} are not missed; the root lies at {root}");
        }

        foreach (var zeros in (long[])[start + 16, root])
        {
            var bytes = disc.Bytes.ToArray();
            bytes.AsSpan((int)zeros * 2048, 2048).Clear();
            var volumes = VolumeReader.ReadAll(new ScratchedDisc(bytes));
            var session = Assert.Single(volumes, volume => volume.SessionStart == start);

            // Where the other tree has all names, none is missing.
            Assert.True(session.IsIncomplete || session.Entries.Select(entry => entry.Name).SequenceEqual(names), $"zeros at {zeros} behind {gap}");
        }
    }

    [Fact]
    public void The_first_session_alone_is_the_same_before_and_after_others_were_added()
    {
        using var folder = new TempFolder();
        var starts = Grow(folder, gap: 0, sessions: 2);
        var options = new ReadingOptions { IsFirstSessionOnly = true };
        var first = File.ReadAllBytes(folder["disc.iso"])[..(int)(starts[1] * 2048)];
        File.WriteAllBytes(folder["first.iso"], first);
        Assert.Equal(Lines(folder["first.iso"], options), Lines(folder["disc.iso"], options));
    }

    [Fact]
    public void Sessions_that_xorriso_grew_on_an_overwritable_medium_are_found_though_sector_16_shows_the_last()
    {
        Tool.Require("xorriso");
        using var source = new TempFolder().With("a", "one").With("b", "two").With("c", "three");
        using var folder = new TempFolder();
        Tool.Run("xorriso", "-dev", folder["disc.iso"], "-volid", "A", "-map", source["a"], "/a", "-commit");
        Tool.Run("xorriso", "-dev", folder["disc.iso"], "-volid", "B", "-map", source["b"], "/b", "-commit");
        Tool.Run("xorriso", "-dev", folder["disc.iso"], "-volid", "C", "-rm", "/a", "--", "-map", source["c"], "/c", "-commit");

        using var image = new ImageFile(folder["disc.iso"]);
        var volumes = VolumeReader.ReadAll(image);
        Assert.Equal(Toc(folder["disc.iso"]), volumes.Select(volume => volume.SessionStart));
        Assert.Equal(["b", "c"], volumes[^1].Entries.Select(entry => entry.Name));
        AssertJudged(folder["disc.iso"], image, volumes);
    }

    [Theory]
    [InlineData("synth/iso-multisession3-genisoimage.iso")]
    [InlineData("synth/iso-multisession3-xorriso-grown.iso")]
    public void Sessions_of_the_corpus_begin_where_its_notes_say(string name)
    {
        Assert.SkipWhen(CorpusFolder.Images is null, "there is no ../shared/corpus/corpus-dev.tar.zst, or no tar or zstd");
        Tool.Require("xorriso");
        var path = Path.Combine(CorpusFolder.Images!, name);
        var starts = SessionLine().Matches(File.ReadAllText(path + ".sessions.txt"))
            .Select(match => long.Parse(match.Groups["start"].Value, CultureInfo.InvariantCulture));
        using var image = new ImageFile(path);
        var volumes = VolumeReader.ReadAll(image);

        Assert.Equal(starts, volumes.Select(volume => volume.SessionStart));
        AssertJudged(path, image, volumes);
    }

    [Fact]
    public void An_image_that_the_disc_holds_as_a_file_is_no_session()
    {
        using var source = new TempFolder().With("image.bin", new string('x', 4_000_000));
        var disc = MadeDisc.Make(source, "-R");
        var other = MadeDisc.Make("-R").Bytes;
        other.CopyTo(disc.Bytes, 32 * 2048);
        other.CopyTo(disc.Bytes, 500 * 2048);

        Assert.Equal([0L], VolumeReader.ReadAll(disc).Select(volume => volume.SessionStart));
    }

    [Fact]
    public void An_image_that_the_disc_holds_as_a_file_is_no_session_where_the_volume_says_less_than_its_length()
    {
        using var source = new TempFolder().With("image.bin", new string('\0', 4_000_000));
        var disc = MadeDisc.Make(source, "-R");
        foreach (var field in (int[])[(16 * 2048) + 80, (16 * 2048) + 84])
        {
            disc.Bytes.AsSpan(field, 4).Clear();
        }

        // A root far behind the descriptors, as a grown image has, by whose number this disc has zeros.
        disc.Bytes[(16 * 2048) + 80] = disc.Bytes[(16 * 2048) + 87] = 100;
        var other = MadeDisc.Make("-R").Bytes;
        new byte[] { 0xDC, 5, 0, 0, 0, 0, 5, 0xDC }.CopyTo(other, (16 * 2048) + 158);
        var file = disc.Read().Entry("image.bin").Extents![0];
        other.CopyTo(disc.Bytes, file.Start);

        Assert.Equal([0L], VolumeReader.ReadAll(disc).Select(volume => volume.SessionStart));

        // What lies amid a file may be a session where the file's length is wrong.
        other.CopyTo(disc.Bytes, file.Start + (200 * 2048));
        Assert.Equal(2, VolumeReader.ReadAll(disc).Count);
    }

    [Fact]
    public void Behind_the_end_of_a_disc_with_one_session_little_is_read()
    {
        var whole = MadeDisc.Make("-R", "-J").Bytes;
        var disc = new ScratchedDisc([.. whole, .. new byte[20_000 * 2048]]);
        disc.Without([.. Enumerable.Range(whole.Length / 2048, 20_000).Select(sector => (long)sector)]);
        var counter = new CountingSource(disc);

        Assert.Single(VolumeReader.ReadAll(counter, new() { TrackStarts = [0], IsDrive = true }));
        Assert.InRange(counter.Failed, 1, 60);
        Assert.Single(VolumeReader.ReadAll(counter = new(disc), new() { IsDrive = true }));
        Assert.InRange(counter.Failed, 1, 300); // where nobody else says where sessions begin
        Assert.Single(VolumeReader.ReadAll(counter = new(new ScratchedDisc(whole))));
        Assert.Equal(0, counter.Failed);
    }

    [Fact]
    public void Where_sector_16_of_a_grown_medium_is_lost_nothing_is()
    {
        Assert.SkipWhen(CorpusFolder.Images is null, "there is no ../shared/corpus/corpus-dev.tar.zst, or no tar or zstd");
        var bytes = File.ReadAllBytes(Path.Combine(CorpusFolder.Images!, "synth/iso-multisession3-xorriso-grown.iso"));
        Assert.Equal([32L, 128, 192], VolumeReader.ReadAll(new ScratchedDisc(bytes).Without(16)).Select(volume => volume.SessionStart));

        // the last session's own copy lost: that at sector 16 stands for it, and is the newest
        var volumes = VolumeReader.ReadAll(new ScratchedDisc(bytes).Without(208));
        Assert.Equal([32L, 128, 0], volumes.Select(volume => volume.SessionStart));
        Assert.Equal("XSESS2", volumes[^1].VolumeName);
    }

    /// <returns>Where the sessions begin.</returns>
    private static List<long> Grow(TempFolder folder, int gap, int sessions)
    {
        Tool.Require("genisoimage");
        var starts = new List<long>();
        using var source = new TempFolder();
        for (var session = 0; session < sessions; session++)
        {
            var number = session.ToString(CultureInfo.InvariantCulture);
            if (session > 0)
            {
                Directory.Delete(source[$"folder {session - 1}"], recursive: true);
            }

            source.With($"folder {number}/file {number}.txt", $"of session {number}").With("changed.txt", $"changed {number}");
            using var disc = File.Open(folder["disc.iso"], session == 0 ? FileMode.Create : FileMode.Open);
            var start = session == 0 ? 0 : ((disc.Length / 2048) + gap + 15) / 16 * 16;
            starts.Add(start);
            string[] later = session == 0 ? [] : ["-C", $"{starts[session - 1]},{start}", "-M", folder["disc.iso"]];
            Tool.Run("genisoimage", ["-quiet", "-R", "-J", "-V", $"S{number}", .. later, "-o", folder["part.iso"], source.Path]);
            disc.Position = start * 2048;
            using var part = File.OpenRead(folder["part.iso"]);
            part.CopyTo(disc);
        }

        return starts;
    }

    private static void AssertJudged(string path, ImageFile image, IReadOnlyList<IVolume> volumes)
    {
        Tool.Require("xorriso");
        foreach (var volume in volumes)
        {
            using var target = new TempFolder();
            Tool.Run(
                "xorriso", "-osirrox", "on", "-load", "sbsector", volume.SessionStart.ToString(CultureInfo.InvariantCulture),
                "-indev", path, "-extract", "/", target["out"]);
            Tool.Run("chmod", "-R", "u+rwX", target.Path);
            var theirs = Tool.Run("find", target["out"], "-type", "f", "-exec", "sha256sum", "-z", "{}", "+");
            Tool.Run("rm", "-rf", target["out"]);
            Assert.Equal(
                theirs.Split('\0', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => $"{line[(66 + target["out"].Length + 1)..]} {line[..64]}").Order(StringComparer.Ordinal),
                volume.Entries.Where(entry => entry.Kind == EntryKind.File)
                    .Select(entry => $"{RawPath(entry)} {image.Hash(entry)}").Order(StringComparer.Ordinal));
        }
    }

    private static List<long> Toc(string path) =>
    [
        .. SessionLine().Matches(Tool.Run("xorriso", "-indev", path, "-toc"))
            .Select(match => long.Parse(match.Groups["start"].Value, CultureInfo.InvariantCulture)),
    ];

    private static List<string> Lines(string path, ReadingOptions options)
    {
        using var image = new ImageFile(path);
        var volume = Assert.Single(VolumeReader.ReadAll(image, options));
        return [volume.VolumeName!, volume.Uuid!, .. volume.Entries.Select(entry => $"{entry.Name} {entry.Size} {image.Hash(entry)}")];
    }

    /// <returns>The path in the disc's own bytes, as Latin-1.</returns>
    private static string RawPath(FileEntry entry) =>
        (entry.Parent is { } parent ? RawPath(parent) + "/" : "") + Encoding.Latin1.GetString(entry.RawName.Span);

    [GeneratedRegex(@"session +\d+ starts at LBA (?<start>\d+)|ISO session +: +\d+ , +(?<start>\d+) ,")]
    private static partial Regex SessionLine();

    private sealed class CountingSource(ISectorSource source) : ISectorSource
    {
        public int Failed { get; private set; }

        public long SectorCount => source.SectorCount;

        public bool TryRead(long sector, Span<byte> buffer)
        {
            var isRead = source.TryRead(sector, buffer);
            Failed += isRead ? 0 : 1;
            return isRead;
        }
    }
}
