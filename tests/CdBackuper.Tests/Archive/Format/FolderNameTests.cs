using CdBackuper.Archive.Format;
using CsCheck;

namespace CdBackuper.Tests.Archive.Format;

public sealed class FolderNameTests
{
    [Theory]
    [InlineData("2003-07-01-12-00-00-00", "HOLIDAY", "2003-07-01-12-00-00-00_HOLIDAY")]
    [InlineData("2003-07-01-12-00-00-00", "Été à la mer", "2003-07-01-12-00-00-00_Ete_a_la_mer")]
    [InlineData("u", "Größe_ÄÖÜ ßæø", "u_Groesse_AeOeUe_ssaeoe")]
    [InlineData("u", "Łódź čaj", "u_Lodz_caj")]
    [InlineData("u", "日本", "u")]
    [InlineData("u", "日本 2003", "u_2003")]
    [InlineData("u", "../x", "u_x")]
    [InlineData("u", "/etc/passwd", "u_etc_passwd")]
    [InlineData("u", "..", "u")]
    [InlineData("u", ".hidden", "u_hidden")]
    [InlineData("u", "a\0b\nc", "u_a_b_c")]
    [InlineData("u", "NEW", "u")]
    [InlineData("u", "new", "u")]
    [InlineData("u", "My Disc", "u")]
    [InlineData("u", " my_disc ", "u")]
    [InlineData("u", "unknown", "u")]
    [InlineData("u", "CDROM", "u")]
    [InlineData("u", "NEWS", "u_NEWS")]
    [InlineData("u", "", "u")]
    [InlineData("u", null, "u")]
    [InlineData(null, "HOLIDAY", "20200102-030405_HOLIDAY")]
    [InlineData(null, null, "20200102-030405")]
    [InlineData("", "..", "20200102-030405")]
    [InlineData("../../etc", "x", "etc_x")]
    public void A_disc_is_filed_under_its_identifier_and_name(string? uuid, string? name, string folder) =>
        Assert.Equal(folder, FolderName.For(uuid, name, Shelf.Now.ToOffset(TimeSpan.FromHours(5))));

    [Fact]
    public void Whatever_a_disc_calls_itself_the_folder_is_one_short_plain_visible_name() =>
        Gen.Select(Gen.String, Gen.String).Sample((uuid, name) =>
        {
            var folder = FolderName.For(uuid, name, Shelf.Now);
            Assert.Matches("^[A-Za-z0-9_-][A-Za-z0-9._-]*$", folder);
            Assert.InRange(folder.Length, 1, 129);
            Assert.Equal(FolderName.Reduce(name), FolderName.Reduce(FolderName.Reduce(name)));
        });

    [Fact]
    public void A_name_of_any_length_is_cut() => Assert.Equal("u_" + new string('x', 64), FolderName.For("u", new string('x', 500), Shelf.Now));
}
