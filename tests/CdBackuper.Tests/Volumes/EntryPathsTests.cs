using System.Text;
using CdBackuper.Media.Volumes;
using CsCheck;

namespace CdBackuper.Tests.Volumes;

public sealed class EntryPathsTests
{
    [Theory]
    [InlineData("plain.txt", "plain.txt")]
    [InlineData("  spaces  ", "  spaces  ")]
    [InlineData("trailing.dot.", "trailing.dot.")]
    [InlineData("...", "...")]
    [InlineData(".", "_")]
    [InlineData("..", "__")]
    [InlineData("", "_")]
    [InlineData("../../etc/passwd", ".._.._etc_passwd")]
    [InlineData("/absolute", "_absolute")]
    [InlineData("nul\0and\nnewline\u0085", "nul_and_newline_")]
    [InlineData("back\\slash:*?", "back\\slash:*?")]
    [InlineData("emoji😀", "emoji😀")]
    public void A_name_is_kept_unless_it_could_do_harm(string name, string path) =>
        Assert.Equal([path], EntryPaths.Assign([File(name)]));

    [Fact]
    public void A_lone_surrogate_becomes_the_replacement_character() =>
        Assert.Equal(["a\uFFFDb"], EntryPaths.Assign([File(string.Concat("a", ((char)0xD800).ToString(), "b"))]));

    [Fact]
    public void Equal_names_get_numbers_before_the_extension_in_the_order_of_the_disc()
    {
        var folder = Folder("a.b");
        var paths = EntryPaths.Assign(
            [File("x.jpg"), File("x.jpg"), File("x (2).jpg"), File("x.jpg"), folder, File("a.b"), Folder("a.b"), File("y", folder)]);
        Assert.Equal(["x.jpg", "x (2).jpg", "x (2) (2).jpg", "x (3).jpg", "a.b", "a (2).b", "a.b (2)", "a.b/y"], paths);
    }

    [Fact]
    public void Names_that_differ_in_case_alone_get_numbers_where_they_are_one()
    {
        var (folder, other) = (Folder("DCIM"), Folder("dcim"));
        FileEntry[] entries = [folder, other, File("Photo.JPG", folder), File("PHOTO.jpg", folder), File("photo.jpg", other)];

        Assert.Equal(["DCIM", "dcim", "DCIM/Photo.JPG", "DCIM/PHOTO.jpg", "dcim/photo.jpg"], EntryPaths.Assign(entries));
        Assert.Equal(
            ["DCIM", "dcim (2)", "DCIM/Photo.JPG", "DCIM/PHOTO (2).jpg", "dcim (2)/photo.jpg"],
            EntryPaths.Assign(entries, new() { IgnoresCase = true }));
    }

    [Theory]
    [InlineData("why: a?.jpg", "why_ a_.jpg")]
    [InlineData("end.", "end_")]
    [InlineData("end ", "end_")]
    [InlineData("con", "_con")]
    [InlineData("Aux.txt", "_Aux.txt")]
    [InlineData("com1.c", "_com1.c")]
    [InlineData("console.txt", "console.txt")]
    [InlineData("dots..and. blanks.txt", "dots..and. blanks.txt")]
    public void A_name_that_the_archive_does_not_take_is_another(string name, string path)
    {
        var rules = new NameRules { Forbidden = NameRules.Special, ForbiddenAtEnd = NameRules.SpecialAtEnd, HasDevices = true };

        Assert.Equal([path], EntryPaths.Assign([File(name)], rules));
        Assert.Equal([name], EntryPaths.Assign([File(name)]));
    }

    [Fact]
    public void A_name_is_cut_to_what_the_archive_takes_and_stays_its_own()
    {
        var paths = EntryPaths.Assign([File(new string('x', 200) + ".jpg"), File(new string('x', 201) + ".jpg")], new() { MaxBytes = 143 });

        Assert.Equal(2, paths.Distinct().Count());
        Assert.All(paths, path => Assert.True(path.Length <= 143 && path.EndsWith(".jpg", StringComparison.Ordinal), path));
    }

    [Fact]
    public void Folders_of_equal_names_once_cleaned_stay_apart()
    {
        var (slash, nul) = (Folder("a/b"), Folder("a\0b"));
        Assert.Equal(["a_b", "a_b (2)", "a_b/f", "a_b (2)/f"], EntryPaths.Assign([slash, nul, File("f", slash), File("f", nul)]));
    }

    [Fact]
    public void A_long_name_is_cut_between_runes_and_keeps_its_extension()
    {
        var path = EntryPaths.Assign([File(new string('é', 200) + "😀.jpeg")]).Single();
        Assert.EndsWith("é.jpeg", path, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(path), 254, 255);
    }

    [Fact]
    public void What_lies_too_deep_is_put_flat_and_keeps_what_is_below()
    {
        var entries = new List<FileEntry> { Folder("_deep") };
        for (FileEntry? parent = null; entries.Count < 60; parent = entries[^1])
        {
            entries.Add(Folder(new string('d', 100), parent));
        }

        entries.Add(File("bottom.txt", entries[^1]));
        var paths = EntryPaths.Assign(entries);
        Assert.Equal("_deep (2)", paths[0]);
        Assert.Contains(paths, path => path == $"_deep/000038-{new string('d', 100)}");
        Assert.EndsWith("/bottom.txt", paths[^1], StringComparison.Ordinal);
        AssertSafe(entries, paths);
    }

    [Fact]
    public void A_folder_called_deep_keeps_its_name_where_nothing_is() =>
        Assert.Equal(["_deep"], EntryPaths.Assign([Folder("_deep")]));

    [Fact]
    public void A_hundred_thousand_equal_names_take_no_longer_than_others()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var paths = EntryPaths.Assign([.. Enumerable.Range(0, 100_000).Select(_ => File(new string('x', 300) + ".jpg"))]);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{clock.Elapsed}");
        Assert.Equal(100_000, paths.Distinct().Count());
    }

    [Fact]
    public void A_child_before_its_folder_is_refused() =>
        Assert.Throws<ArgumentException>(() => EntryPaths.Assign([File("f", Folder("d"))]));

    [Fact]
    public void No_path_ever_leaves_the_folder_and_no_two_are_equal()
    {
        string[] nasty = ["", ".", "..", "a", "a (2)", "a.txt", "_", "__", "/", "\0", "_deep", "../x", new string('n', 300)];
        var name = Gen.OneOf(Gen.Int[0, nasty.Length - 1].Select(index => nasty[index]), Gen.String);
        Gen.Select(name, Gen.Int[-1, 30], Gen.Bool).Array[0, 60].Sample(drawn =>
        {
            var entries = new List<FileEntry>();
            foreach (var (text, parent, isFolder) in drawn)
            {
                var below = parent >= 0 && parent < entries.Count && entries[parent].Kind == EntryKind.Directory ? entries[parent] : null;
                entries.Add(isFolder ? Folder(text, below) : File(text, below));
            }

            AssertSafe(entries, EntryPaths.Assign(entries));
        });
    }

    private static void AssertSafe(List<FileEntry> entries, IReadOnlyList<string> paths)
    {
        Assert.Equal(entries.Count, paths.Count);
        Assert.Equal(paths.Count, paths.Distinct(StringComparer.Ordinal).Count());
        foreach (var (entry, path) in entries.Zip(paths))
        {
            Assert.InRange(new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(path), 1, EntryPaths.MaxPathBytes);
            Assert.All(path.Split('/'), component =>
            {
                Assert.DoesNotContain(component, new[] { "", ".", ".." });
                Assert.DoesNotContain(component, char.IsControl);
                Assert.InRange(Encoding.UTF8.GetByteCount(component), 1, 255);
            });
            if (entry.Parent is not null && !path.StartsWith("_deep/", StringComparison.Ordinal))
            {
                Assert.StartsWith(paths[entries.IndexOf(entry.Parent)] + "/", path, StringComparison.Ordinal);
            }
        }
    }

    private static FileEntry File(string name, FileEntry? parent = null) =>
        new() { Name = name, Kind = EntryKind.File, Parent = parent };

    private static FileEntry Folder(string name, FileEntry? parent = null) =>
        new() { Name = name, Kind = EntryKind.Directory, Parent = parent };
}
