// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Test} from "./Test.sol";

interface IUniswapV2Factory {
    function createPair(address tokenA, address tokenB) external returns (address pair);
    function getPair(address tokenA, address tokenB) external view returns (address pair);
}

interface IUniswapV2Pair {
    function getReserves() external view returns (uint112 reserve0, uint112 reserve1, uint32 timestamp);
    function token0() external view returns (address);
    function swap(uint256 amount0, uint256 amount1, address to, bytes calldata data) external;
}

interface IUniswapV2Router02 {
    function addLiquidity(
        address tokenA,
        address tokenB,
        uint256 wantedA,
        uint256 wantedB,
        uint256 minA,
        uint256 minB,
        address to,
        uint256 deadline
    ) external returns (uint256 amountA, uint256 amountB, uint256 liquidity);
    function getAmountsOut(uint256 amountIn, address[] calldata path) external view returns (uint256[] memory);
    function swapExactTokensForTokens(
        uint256 amountIn,
        uint256 minOut,
        address[] calldata path,
        address to,
        uint256 deadline
    ) external returns (uint256[] memory);
}

/// @title Uniswap V2 as it was published
/// @notice Deploys the bytecode of npm's @uniswap/v2-core and @uniswap/v2-periphery.
abstract contract Uniswap is Test {
    string private constant PACKAGES = "node_modules/@uniswap/";

    IUniswapV2Factory internal factory;
    IUniswapV2Router02 internal uniswap;

    function deployUniswap() internal {
        factory = IUniswapV2Factory(_create("v2-core/build/UniswapV2Factory.json", abi.encode(address(0))));
        address weth = _create("v2-periphery/build/WETH9.json", "");
        uniswap = IUniswapV2Router02(_create("v2-periphery/build/UniswapV2Router02.json", abi.encode(factory, weth)));
    }

    function pathOf(address from, address to) internal pure returns (address[] memory path) {
        path = new address[](2);
        (path[0], path[1]) = (from, to);
    }

    function _create(string memory file, bytes memory arguments) private returns (address deployed) {
        string memory json = vm.readFile(string.concat(PACKAGES, file));
        bytes memory code =
            bytes.concat(vm.parseBytes(string.concat("0x", vm.parseJsonString(json, ".bytecode"))), arguments);
        assembly ("memory-safe") {
            deployed := create(0, add(code, 0x20), mload(code))
        }
        require(deployed != address(0), "not deployed");
    }
}
