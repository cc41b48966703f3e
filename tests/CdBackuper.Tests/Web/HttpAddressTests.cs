using System.Net;
using CdBackuper.Web;

namespace CdBackuper.Tests.Web;

public sealed class HttpAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:8080", "127.0.0.1:8080")]
    [InlineData("localhost:80", "127.0.0.1:80")]
    [InlineData("*:8080", "*:8080")]
    [InlineData("0.0.0.0:0", "0.0.0.0:0")]
    [InlineData("[::1]:65535", "[::1]:65535")]
    public void An_address_with_a_port_is_taken(string text, string meant) =>
        Assert.Equal(meant, HttpAddress.TryParse(text, isChosen: true)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("8080")]
    [InlineData(":8080")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("127.0.0.1: 80")]
    [InlineData("1:80")]
    [InlineData("::1:80")]
    [InlineData("[127.0.0.1]:80")]
    [InlineData("nas.example.org:80")]
    [InlineData("http://127.0.0.1:80")]
    public void Whatever_leaves_open_who_may_come_in_is_refused(string text) =>
        Assert.Null(HttpAddress.TryParse(text, isChosen: true));

    [Fact]
    public void Every_interface_is_listened_to_only_where_a_star_says_so()
    {
        Assert.Null(HttpAddress.TryParse("*:1", isChosen: true)!.Address);
        Assert.Equal(IPAddress.Loopback, HttpAddress.TryParse(HttpAddress.Standard, isChosen: false)!.Address);
    }
}
