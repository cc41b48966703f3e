using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd;

/// <summary>Which discs to put in again, and what to do with them.</summary>
public sealed class TodoTests
{
    [Fact]
    public void The_disc_that_promises_most_comes_first_and_a_whole_one_not_at_all()
    {
        using var bench = new Bench();
        var (one, many, whole) = (bench.Photographs(1, "ONE", "1.iso"), bench.Photographs(2, "MANY", "2.iso"), bench.Photographs(3, "WHOLE", "3.iso"));
        bench.Node().Import(one.Path, "--simulate-damage", new Scratches(one).OnFile("DCIM/IMG_0001.JPG", 3).WriteMap(bench.Folder["1.map"])).Expect(3);
        var scratches = new Scratches(many).OnFile("DCIM/IMG_0001.JPG", 3).OnFile("DCIM/IMG_0002.JPG", 3).OnFile("readme.txt", 0);
        bench.Node().Import(many.Path, "--simulate-damage", scratches.WriteMap(bench.Folder["2.map"])).Expect(3);
        bench.Node().Import(whole.Path).Expect(0);

        var todo = bench.Node().Run("todo", "--json", "--archive", bench.Archive).Expect(0).Json.AsArray();
        Assert.Equal(["0002", "0001"], todo.Select(disc => disc!.Text("number")));
        Assert.Equal((2, 1, 1), (todo[0]!.Number("damaged"), todo[0]!.Number("lost"), todo[0]!.Number("attempts")));
        Assert.StartsWith("Clean it", todo[0]!.Text("next"), StringComparison.Ordinal);

        var lines = bench.Node().Run("todo", "--archive", bench.Archive).Expect(0).Out.Fields('\n');
        Assert.Matches("^0002 +MANY +2 damaged, 1 lost +Clean it", lines[0]);
        Assert.Matches("^0001 +ONE +1 damaged, 0 lost +Clean it", lines[1]);
    }

    [Fact]
    public void A_disc_that_won_nothing_twice_is_given_up_and_said_to_be()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(4);
        var map = new Scratches(disc).OnFile("DCIM/IMG_0001.JPG", 3).WriteMap(bench.Folder["bad.map"]);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            bench.Node().Import(disc.Path, "--simulate-damage", map).Expect(3);
        }

        Assert.Contains("Give it up", bench.OnlyDisc.Status.Text("next"), StringComparison.Ordinal);
        var text = bench.Node().Run("todo", "--archive", bench.Archive).Expect(0).Out;
        Assert.Contains("No disc is worth putting in again.", text, StringComparison.Ordinal);
        Assert.Contains("Given up, unless a drive turns up that has not tried them: 0001", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disc_whose_folder_is_broken_is_not_whole_and_keeps_its_image_and_no_drive_is_asked_for_more()
    {
        using var bench = new Bench();
        var disc = DiscImage.Make(bench.Folder["disc.iso"], "BROKEN", SourceFiles.Photographs(5), "-R");
        var bytes = File.ReadAllBytes(disc.Path);
        var folders = Enumerable.Range(18, 100).Where(sector => bytes.AsSpan(sector * 2048, 2048).IndexOf("IMG_0001"u8) >= 0).ToArray();
        Assert.NotEmpty(folders);
        Array.ForEach(folders, sector => bytes.AsSpan(sector * 2048, 2048).Clear());
        File.WriteAllBytes(disc.Path, bytes);

        bench.Node().Import(disc.Path).Expect(3);

        var status = bench.OnlyDisc.Status;
        Assert.Equal(("damaged", 0), (status.Text("condition"), status["ddrescue"]!.Number("read_errors")));
        Assert.Contains("The disc's own folders are broken", status.Text("message"), StringComparison.Ordinal);
        Assert.Contains("no drive will read more", status.Text("next"), StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(bench.OnlyDisc.Path, "disc.iso")));
        Assert.Equal("No disc is worth putting in again.", bench.Node().Run("todo", "--archive", bench.Archive).Expect(0).Out.Trim());
    }
}
