using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Jobs;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Archive;
using CdBackuper.Tests.Volumes;
using CdBackuper.Tests.Volumes.Iso9660;

namespace CdBackuper.Tests.Jobs;

/// <summary>
/// Pairs of discs: one that the archive knows, and one that is put in. For each: same, other or unsure, and what happens then.
/// </summary>
public sealed class DiscPairsTests : IDisposable
{
    private const string GoesOn = "goes on in its folder";
    private const string GoesOnGrown = "goes on in its folder, with a session more";
    private const string OwnFolder = "a folder of its own";
    private const string OwnFolderAndNotice = "a folder of its own, and a notice";
    private const string OwnFolderAndQuestion = "a folder of its own, and a person is asked";

    private readonly Shelf shelf = new();

    public void Dispose() => shelf.Dispose();

    // what is known of the first disc, what is put in, what happens
    [Theory]
    [InlineData("whole", "the same disc", GoesOn)]
    [InlineData("whole", "the same disc, its primary descriptor damaged", GoesOn)]
    [InlineData("whole", "the same disc, all its descriptors damaged", GoesOn)]
    [InlineData("whole", "the same disc, its root directory damaged", GoesOn)]
    [InlineData("whole", "the same disc, its head damaged", GoesOn)]
    [InlineData("whole", "the same disc in a drive that says 2 sectors more", GoesOn)]
    [InlineData("whole", "the same disc in a drive that says 2 sectors less", GoesOn)]
    [InlineData("whole", "the same disc in a drive that says 150 sectors more", GoesOn)]
    [InlineData("whole", "the same disc in a drive that says 150 sectors less", GoesOn)]
    [InlineData("whole", "the same disc, other run-out blocks", GoesOn)]
    [InlineData("whole", "a copy of it, its tracks elsewhere", GoesOn)]
    [InlineData("whole", "another disc of one template", OwnFolderAndNotice)]
    [InlineData("whole", "a disc that differs in its last file", OwnFolderAndNotice)]
    [InlineData("whole", "the same files, burned later", OwnFolder)]
    [InlineData("whole", "the same disc, none of its files read", OwnFolderAndQuestion)]
    [InlineData("whole", "the same disc, cut off behind its primary descriptor", OwnFolderAndQuestion)]
    [InlineData("whole", "the same disc, cut off before its primary descriptor", OwnFolder)]
    [InlineData("whole", "another disc", OwnFolder)]
    [InlineData("whole", "a blank disc", OwnFolder)]
    [InlineData("without UUID", "the same disc without UUID", GoesOn)]
    [InlineData("without UUID", "another disc of one template without UUID", OwnFolder)]
    [InlineData("half read", "the same disc", GoesOn)]
    [InlineData("half read", "its twin that reads the other half", OwnFolderAndQuestion)]
    [InlineData("half read", "its twin that reads three quarters", GoesOn)]
    [InlineData("half read", "another disc of one template", OwnFolderAndNotice)]
    [InlineData("descriptors not read", "the same disc", GoesOn)]
    [InlineData("descriptors not read", "another disc of one template", OwnFolder)]
    [InlineData("cut off before a sector was read", "the same disc", GoesOn)]
    [InlineData("cut off before a sector was read", "the same files, burned later", OwnFolder)]
    [InlineData("nothing read at all", "the same disc", OwnFolderAndQuestion)]
    [InlineData("nothing read, and nothing kept", "the same disc", GoesOn)]
    [InlineData("nothing read, and nothing kept", "the same disc, none of its files read", GoesOn)]
    [InlineData("nothing read, and nothing kept", "the same disc in a drive that says 2 sectors more", OwnFolderAndQuestion)]
    [InlineData("nothing read, but labelled", "the same disc", OwnFolderAndQuestion)]
    [InlineData("blank", "a blank disc", OwnFolderAndQuestion)]
    [InlineData("first session", "the disc with a session added", GoesOnGrown)]
    [InlineData("first session", "the disc with a session added and a damaged descriptor", GoesOnGrown)]
    [InlineData("both sessions", "the disc with a session added", GoesOn)]
    [InlineData("both sessions", "the first session alone", GoesOn)]
    [InlineData("first session, overwritable", "the overwritable disc with a session added", GoesOnGrown)]
    [InlineData("both sessions, overwritable", "the overwritable disc with a session added", GoesOn)]
    public void Two_discs_are_the_same_or_not(string known, string putIn, string expected)
    {
        Record(known);
        var seen = Look(putIn);
        var match = new KnownDiscs(shelf.Root).Find(seen);
        var happens = match switch
        {
            { Folder: not null, HasGrown: true } => GoesOnGrown,
            { Folder: not null } => GoesOn,
            { Question: not null } => OwnFolderAndQuestion,
            { Others.Count: > 0 } => OwnFolderAndNotice,
            _ => OwnFolder,
        };
        Assert.Equal(expected, happens);
        Assert.Equal(expected is OwnFolderAndNotice or OwnFolderAndQuestion, match.Remarks(seen.Evidence.Uuid).Any());
        Assert.All(match.Remarks(seen.Evidence.Uuid), remark => Assert.Contains("disc (disc 0001)", remark, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("the same disc, none of its files read", "could be read", "clean it or put it into another drive")]
    [InlineData("the same disc, cut off behind its primary descriptor", "lie behind the end of this one", "no drive tells more")]
    public void A_person_is_asked_for_a_better_drive_only_where_something_did_not_read(string putIn, string question, string answer)
    {
        Record("whole");
        var match = new KnownDiscs(shelf.Root).Find(Look(putIn));
        Assert.Contains(question, match.Question, StringComparison.Ordinal);
        Assert.Contains(answer, match.Answer, StringComparison.Ordinal);
    }

    private void Record(string known)
    {
        var disc = known switch
        {
            "without UUID" => Discs.WithoutDates(Discs.Burn(1)),
            "blank" => new ScratchedDisc(new byte[Discs.Burn(1).Bytes.Length]),
            "first session" => Discs.Sessions().First,
            "both sessions" => Discs.Sessions().Both,
            "first session, overwritable" => Discs.Overwritable().First,
            "both sessions, overwritable" => Discs.Overwritable().Both,
            _ => Discs.Burn(1),
        };
        var count = disc.SectorCount;
        var read = known switch
        {
            "half read" => ByteSet.Of(ByteRange.OfSectors(0, Discs.FirstFile(disc)), ByteRange.OfSectors(count / 2, count - (count / 2))),
            "descriptors not read" => ByteSet.Of(ByteRange.OfSectors(300, count - 300)),
            "cut off before a sector was read" => ByteSet.Empty,
            _ when known.StartsWith("nothing read", StringComparison.Ordinal) => ByteSet.Empty,
            _ => ByteSet.Of(ByteRange.OfSectors(0, count)),
        };
        var drive = known is "descriptors not read" || known.StartsWith("nothing read", StringComparison.Ordinal) ? (ISectorSource)new DamagedSectors(disc, read) : disc;
        var evidence = DiscIdentifier.Look(new(drive), disc.Bytes.Length, [], ReadingOptions.Default).Evidence;
        if (!read.IsEmpty)
        {
            shelf.StoreImage(disc.Bytes, read);
            using var image = RescuedImage.TryOpen(shelf.Folder)!;
            var volume = VolumeReader.Read(image);
            var listing = volume is null ? Listing.Empty : ListingBuilder.Build(volume, read, disc.Bytes.Length);
            shelf.Folder.Store(listing, new(DiscCondition.Damaged, listing.Count(), 0, 0, [], []), []);
            evidence = EvidenceKeeper.WithImage(evidence, image, listing, disc.Bytes.Length, ByteSet.Empty);
        }

        shelf.Folder.Store(evidence);
        shelf.Folder.Store(new DiscStatus { Number = "0001" });
        if (known is not "half read" and not "descriptors not read")
        {
            File.Delete(shelf.Folder.ImagePath);
            Directory.CreateDirectory(shelf.Folder.FilesPath);
            File.WriteAllText(shelf["kept.txt"], known.StartsWith("cut", StringComparison.Ordinal) ? "" : "kept");
        }

        if (known.EndsWith("labelled", StringComparison.Ordinal))
        {
            File.WriteAllText(shelf.Folder.LabelPath, "Omas Fotos");
        }

        if (known.StartsWith("cut", StringComparison.Ordinal) || known.StartsWith("nothing read,", StringComparison.Ordinal))
        {
            Directory.Delete(shelf.Folder.FilesPath, recursive: true);
        }
    }

    private static SeenDisc Look(string putIn)
    {
        var disc = Discs.Burn(1);
        var (count, first) = (disc.SectorCount, Discs.FirstFile(disc));
        static long[] Range(long start, long end) => [.. Enumerable.Range((int)start, (int)(end - start)).Select(at => (long)at)];
        var other = putIn switch
        {
            "the same disc, its primary descriptor damaged" => disc.Without(16),
            "the same disc, all its descriptors damaged" => disc.Without(Range(16, 20)),
            "the same disc, its root directory damaged" => disc.Without(disc.RootOf(16), disc.RootOf(17)),
            "the same disc, its head damaged" => disc.Without(Range(0, first)),
            "the same disc in a drive that says 2 sectors more" => Discs.Longer(disc, 2).Without(count, count + 1),
            "the same disc in a drive that says 150 sectors more" => Discs.Longer(disc, 150),
            "the same disc in a drive that says 2 sectors less" => new(disc.Bytes[..^(2 * 2048)]),
            "the same disc in a drive that says 150 sectors less" => new(disc.Bytes[..^(150 * 2048)]),
            "the same disc, cut off behind its primary descriptor" => new(disc.Bytes[..(17 * 2048)]),
            "the same disc, cut off before its primary descriptor" => new(disc.Bytes[..(16 * 2048)]),
            "the same disc, other run-out blocks" => Discs.Longer(disc, 2, seed: 77),
            "another disc of one template" => Discs.Refilled(disc, first, count),
            "a disc that differs in its last file" => Discs.Refilled(disc, Discs.LastFile(disc), count),
            "the same files, burned later" => Discs.Burn(1, date: "2021020304050600"),
            "the same disc, none of its files read" => disc.Without(Range(first, count)),
            "another disc" => Discs.Burn(2, date: "2021020304050600"),
            "a blank disc" => new(new byte[disc.Bytes.Length]),
            "the same disc without UUID" => Discs.WithoutDates(disc),
            "another disc of one template without UUID" => Discs.WithoutDates(Discs.Refilled(disc, first, count)),
            "its twin that reads the other half" => disc.Without(Range(count / 2, count)),
            "its twin that reads three quarters" => disc.Without(Range(count * 3 / 4, count)),
            "the disc with a session added" => Discs.Sessions().Both,
            "the disc with a session added and a damaged descriptor" => Discs.Sessions().Both.Without(16),
            "the first session alone" => Discs.Sessions().First,
            "the overwritable disc with a session added" => Discs.Overwritable().Both,
            _ => disc,
        };
        var tracks = putIn.EndsWith("its tracks elsewhere", StringComparison.Ordinal) ? new TocTrack[] { new(1, 0, true), new(2, 500, false) } : [];
        return DiscIdentifier.Look(new(other), other.Bytes.Length, tracks, ReadingOptions.Default);
    }
}
