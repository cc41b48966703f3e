using CdBackuper.Archive.Store;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes.Udf.Making;

namespace CdBackuper.Tests.Volumes.Udf;

/// <summary>Discs that are written once, session by session, and found in every state of neglect.</summary>
public sealed class VirtualDiscTests
{
    private readonly byte[][] sessions = new byte[3][];
    private readonly long[] tables = new long[3];

    /// <summary>
    /// Three sessions: a file that stays, one that is replaced, one that is deleted and one that comes later.
    /// </summary>
    private UdfDiscMaker Write(int revision)
    {
        var maker = new UdfDiscMaker(UdfLayout.Virtual, revision);
        maker.Root.Add("stays.txt", MadeUdf.Bytes("stays"));
        var replaced = maker.Root.Add("replaced.txt", MadeUdf.Bytes("one"));
        maker.Root.Add("deleted.txt", MadeUdf.Bytes("deleted"));
        Close(maker, 0);

        (replaced.Content, replaced.Extents) = (MadeUdf.Bytes("two"), null);
        maker.Root.Names[2].Characteristics |= 4;
        Close(maker, 1);

        maker.Root.Folder("later").Add("new.txt", MadeUdf.Bytes("new"));
        (replaced.Content, replaced.Extents) = (MadeUdf.Bytes("three"), null);
        Close(maker, 2);
        return maker;
    }

    private void Close(UdfDiscMaker maker, int session)
    {
        sessions[session] = maker.WriteSession();
        tables[session] = UdfSpace.PartitionStart + maker.TableBlock;
        Assert.Equal(tables[session], (sessions[session].Length / Sector.Size) - 1);
    }

    [Theory]
    [InlineData(0x0150)]
    [InlineData(0x0201)]
    public void Each_session_is_the_disc_as_it_was_then(int revision)
    {
        Write(revision);
        Assert.Equal("deleted.txt=deleted replaced.txt=one stays.txt=stays", Contents(new(sessions[0])));
        Assert.Equal("replaced.txt=two stays.txt=stays", Contents(new(sessions[1])));
        Assert.Equal("later/new.txt=new replaced.txt=three stays.txt=stays", Contents(new(sessions[2])));
        Assert.Empty(new ScratchedDisc(sessions[2]).ReadUdf().Damages);
        Assert.Equal(sessions[2].Length, new ScratchedDisc(sessions[2]).ReadUdf().LengthBytes);
    }

    [Theory]
    [InlineData(0x0150, 2, false)]
    [InlineData(0x0201, 2, true)]
    [InlineData(0x0201, 152, false)]
    [InlineData(0x0201, 152, true)]
    [InlineData(0x0150, 3000, true)]
    [InlineData(0x0201, 20_000, false)]
    [InlineData(0x0201, 150, true, 0xEE)]
    public void Blocks_behind_the_table_that_were_never_written_do_no_harm(
        int revision, int blocks, bool isReadable, byte filler = 0)
    {
        Write(revision);
        var count = sessions[2].Length / Sector.Size;
        var disc = new ScratchedDisc([.. sessions[2], .. Enumerable.Repeat(filler, blocks * Sector.Size)]);
        if (!isReadable)
        {
            disc.Without([.. Enumerable.Range(count, blocks).Select(sector => (long)sector)]);
        }

        Assert.Equal("later/new.txt=new replaced.txt=three stays.txt=stays", Contents(disc));
        var volume = disc.ReadUdf();
        Assert.Empty(volume.Damages);
        Assert.False(volume.IsIncomplete);
        Assert.Equal("closed", volume.Identifiers["integrity"]);
    }

    [Theory]
    [InlineData(0x0150)]
    [InlineData(0x0201)]
    public void A_lost_table_is_replaced_by_the_one_before_and_by_what_came_after_it(int revision)
    {
        Write(revision);
        var disc = new ScratchedDisc(sessions[2]).Without(tables[2]);

        Assert.Equal("later/new.txt=new replaced.txt=three stays.txt=stays", Contents(disc));
        var volume = disc.ReadUdf();
        Assert.True(volume.IsIncomplete);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.UdfVatEarlier && damage.Sector == tables[1]);
        Assert.Equal("open", volume.Identifiers["integrity"]);
    }

    [Theory]
    [InlineData(0x0150)]
    [InlineData(0x0201)]
    public void A_table_whose_content_is_lost_asks_the_one_before(int revision)
    {
        Write(revision);
        var disc = new ScratchedDisc(sessions[2]).Without(tables[2] - 1);
        Assert.Equal("later/new.txt=new replaced.txt=three stays.txt=stays", Contents(disc));
        Assert.True(disc.ReadUdf().IsIncomplete);
    }

    [Fact]
    public void Without_any_table_the_entries_tell_themselves_what_they_are()
    {
        Write(0x0201);
        var disc = new ScratchedDisc(sessions[2]).Without(tables);

        Assert.Equal("later/new.txt=new replaced.txt=three stays.txt=stays", Contents(disc));
        Assert.Contains(disc.ReadUdf().Damages, damage => damage.Id == DamageIds.UdfVatRebuilt);
    }

    [Fact]
    public void A_disc_cut_amid_a_session_shows_what_was_written_of_it()
    {
        Write(0x0201);
        var disc = new ScratchedDisc(sessions[2][..^(3 * Sector.Size)]);
        Assert.Equal("replaced.txt=three stays.txt=stays", Contents(disc).Replace("later/new.txt=new ", "", StringComparison.Ordinal));
        Assert.True(disc.ReadUdf().IsIncomplete);
    }

    [Fact]
    public void A_lost_entry_is_replaced_by_its_last_state()
    {
        var maker = Write(0x0201);
        var entry = UdfSpace.PartitionStart + maker.Space.VirtualBlocks[(int)maker.Root.Names[1].Node.Icb];
        var disc = new ScratchedDisc(sessions[2]).Without(entry);

        Assert.Equal("later/new.txt=new replaced.txt=two stays.txt=stays", Contents(disc));
        Assert.Contains(
            disc.ReadUdf().Damages,
            damage => damage.Id == DamageIds.UdfVatEarlier && damage.Sector == entry);
        Assert.True(disc.ReadUdf().Structures.Contains(ByteRange.OfSectors(entry, 1)));
        Assert.True(new ScratchedDisc(sessions[2]).Blank(entry).ReadUdf().IsIncomplete);
    }

    [Fact]
    public void Of_a_directory_whose_entry_is_an_older_one_what_was_added_since_is_found()
    {
        var maker = Write(0x0201);
        var entry = UdfSpace.PartitionStart + maker.Space.VirtualBlocks[(int)maker.Root.Icb];
        var volume = new ScratchedDisc(sessions[2]).Blank(entry).ReadUdf();

        Assert.True(volume.IsIncomplete);
        Assert.Contains(volume.Entries, file => file.Kind == EntryKind.File && file.Size == 3 && file.Name != "stays.txt");
    }

    [Fact]
    public void Where_a_later_table_may_lie_that_nothing_was_read_of_is_needed_until_it_was_tried()
    {
        Write(0x0201);
        var disc = new ScratchedDisc(sessions[2]);
        var unread = ByteSet.Of(ByteRange.OfSectors(tables[1] + 1, tables[2] - tables[1]));
        disc.Without([.. unread.SelectMany(run => Enumerable.Range((int)(run.Start / Sector.Size), (int)(run.Length / Sector.Size))).Select(sector => (long)sector)]);
        var volume = disc.ReadUdf();
        var all = ByteSet.Of(new ByteRange(0, sessions[2].Length));
        ByteSet Needed(BlockStatus status) => RescueNeeds.Of(
            [volume],
            volume,
            RescueMap.Of([new(new(0, unread[0].Start), BlockStatus.Finished), new(unread[0], status)]),
            sessions[2].Length,
            []).Structures.Intersect(unread);

        Assert.False(volume.IsIncomplete);
        Assert.Equal(unread, Needed(BlockStatus.NonTrimmed));
        Assert.Empty(Needed(BlockStatus.BadSector));
        Assert.Equal(unread.SectorCount, ListingBuilder.Build([volume], volume, all.Except(unread), sessions[2].Length, [], ByteSet.Empty).UnreadStructureSectors);
        Assert.Equal(0, ListingBuilder.Build([volume], volume, all.Except(unread), sessions[2].Length, [], unread).UnreadStructureSectors);
    }

    [Fact]
    public void A_second_session_with_descriptors_of_its_own_is_a_volume_of_its_own()
    {
        Write(0x0201);
        const long Gap = 11_400; // lead-out, lead-in and pregap between a CD's first two sessions
        var start = (sessions[0].Length / Sector.Size) + Gap;
        var second = new UdfDiscMaker(UdfLayout.Plain) { Name = "SECOND" };
        second.Root.Add("second.txt", MadeUdf.Bytes("second"));
        var plain = second.WriteSession();
        // whose numbers count from its own beginning
        byte[] image = [.. sessions[0], .. new byte[Gap * Sector.Size], .. plain];
        var volumes = VolumeReader.ReadAll(new ScratchedDisc(image), new() { TrackStarts = [start, 0] });

        Assert.Equal(["MADE DISC", "SECOND"], volumes.Select(volume => volume.VolumeName));
        Assert.Equal([0, start], volumes.Select(volume => volume.SessionStart));
        Assert.Equal(3, volumes[0].Entries.Count);
        Assert.Equal("second.txt", Assert.Single(volumes[1].Entries).Name);
        Assert.Single(VolumeReader.ReadAll(new ScratchedDisc(image), new() { TrackStarts = [start, 0], IsFirstSessionOnly = true }));
    }

    [Fact]
    public void A_track_without_an_anchor_belongs_to_the_session_before()
    {
        Write(0x0201);
        var volumes = VolumeReader.ReadAll(new ScratchedDisc(sessions[2]), new() { TrackStarts = [0, tables[0] + 1] });
        Assert.Equal(4, Assert.Single(volumes).Entries.Count);
    }

    private static string Contents(ScratchedDisc disc) => string.Join(' ', MadeUdf.Paths(disc.ReadUdf())
        .Where(path => path.Value.Kind == EntryKind.File)
        .OrderBy(path => path.Key, StringComparer.Ordinal)
        .Select(path => $"{path.Key}={System.Text.Encoding.UTF8.GetString(MadeUdf.Content(disc, path.Value) ?? [])}"));
}
