// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IERC6372} from "@openzeppelin/contracts/interfaces/IERC6372.sol";
import {Votes} from "@openzeppelin/contracts/governance/utils/Votes.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";
import {IGroundworkToken} from "./interfaces/IGroundworkToken.sol";

contract GroundworkToken is ERC20, ERC20Burnable, ERC20Permit, ERC20Votes, IGroundworkToken {
    address private immutable _minter;

    constructor(
        string memory name_,
        string memory symbol_,
        address minter_,
        address genesisHolder,
        uint256 genesisSupply
    ) ERC20(name_, symbol_) ERC20Permit(name_) {
        require(minter_ != address(0), InvalidMinter());
        _minter = minter_;
        _mint(genesisHolder, genesisSupply);
    }

    /// @inheritdoc IGroundworkToken
    function mint(address to, uint256 amount) external {
        require(msg.sender == _minter, NotMinter(msg.sender));
        _mint(to, amount);
    }

    /// @inheritdoc IGroundworkToken
    function minter() external view returns (address) {
        return _minter;
    }

    /// @inheritdoc ERC20Burnable
    function burn(uint256 amount) public override(IGroundworkToken, ERC20Burnable) {
        super.burn(amount);
    }

    /// @inheritdoc ERC20Burnable
    function burnFrom(address account, uint256 amount) public override(IGroundworkToken, ERC20Burnable) {
        super.burnFrom(account, amount);
    }

    /// @inheritdoc IERC6372
    function clock() public view override returns (uint48) {
        return Time.timestamp();
    }

    /// @inheritdoc IERC6372
    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    /// @inheritdoc IERC20Permit
    function nonces(address owner) public view override(IERC20Permit, ERC20Permit, Nonces) returns (uint256) {
        return super.nonces(owner);
    }

    function _update(address from, address to, uint256 value) internal override(ERC20, ERC20Votes) {
        super._update(from, to, value);
    }
}
